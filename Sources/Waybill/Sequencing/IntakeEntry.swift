import Orchestration

/// What a caller leaves at the intake, with the continuation that waits for the answer.
///
/// Unsafe continuations: a checked one costs twice as much on the path of every command. Each entry is settled
/// exactly once, by the sequencer's thread.
enum IntakeEntry: Sendable {
    case command(Command, CommandContext, Reply<Committed<Answer>>)
    /// Independent commands in order, an outcome each.
    case requests([Request], Reply<[Result<Committed<Answer>, EngineError>]>)
    /// Moves the virtual clock, firing every timer on the way at its own time.
    case advance(to: Timestamp, Reply<Timestamp>)
    /// The same, from wherever the clock stands when this is reached.
    case advanceBy(Span, Reply<Timestamp>)
    /// Looks at the state that the log holds.
    case inspect(@Sendable (borrowing State) -> Void, Reply<UInt64>)

    typealias Reply<Value: Sendable> = UnsafeContinuation<Result<Value, EngineError>, Never>
}

extension IntakeEntry {
    /// Answers without having decided anything.
    func fail(_ error: EngineError) {
        switch self {
        case .command(_, _, let reply): reply.resume(returning: .failure(error))
        case .requests(_, let reply): reply.resume(returning: .failure(error))
        case .advance(_, let reply), .advanceBy(_, let reply): reply.resume(returning: .failure(error))
        case .inspect(_, let reply): reply.resume(returning: .failure(error))
        }
    }
}
