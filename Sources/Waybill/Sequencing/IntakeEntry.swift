import Orchestration

/// What a caller leaves at the intake, with the continuation that waits for the answer.
///
/// Unsafe continuations: a checked one costs twice as much on the path of every command. Each entry is settled
/// exactly once, by the sequencer's thread.
enum IntakeEntry: Sendable {
    case command(Command, CommandContext, Reply<Committed<CommandResult>>)
    /// A request for work that may wait for it.
    case dispatch(DispatchRequest, CommandContext, WaitingDispatches.Caller, Reply<Committed<CommandResult>>)
    /// Somebody who waits for work has gone.
    case wake
    case readClock(Reply<Timestamp>)
    /// Counts the requests that wait for work.
    case countWaiting(Reply<Int>)
    /// Believes the wall clock; gives how far ahead it was.
    case acceptClock(Reply<TimeSpan?>)
    /// Independent commands in order, an outcome each.
    case requests([Request], Reply<[Result<Committed<CommandResult>, EngineError>]>)
    /// Moves the virtual clock, firing every timer on the way at its own time.
    case advance(to: Timestamp, Reply<Timestamp>)
    /// The same, from wherever the clock stands when this is reached.
    case advanceBy(TimeSpan, Reply<Timestamp>)
    /// Looks at the state that the log holds.
    case inspect(@Sendable (borrowing State) -> Void, Reply<UInt64>)

    typealias Reply<Value: Sendable> = UnsafeContinuation<Result<Value, EngineError>, Never>
}

extension IntakeEntry {
    /// Answers without having decided anything.
    func fail(_ error: EngineError) {
        switch self {
        case .command(_, _, let reply), .dispatch(_, _, _, let reply):
            reply.resume(returning: .failure(error))
        case .wake: break
        case .countWaiting(let reply): reply.resume(returning: .failure(error))
        case .acceptClock(let reply): reply.resume(returning: .failure(error))
        case .requests(_, let reply): reply.resume(returning: .failure(error))
        case .advance(_, let reply), .advanceBy(_, let reply), .readClock(let reply):
            reply.resume(returning: .failure(error))
        case .inspect(_, let reply): reply.resume(returning: .failure(error))
        }
    }
}
