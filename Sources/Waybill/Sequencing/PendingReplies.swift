import Orchestration

/// Answers that wait for the batch under way to become durable.
struct PendingReplies {
    private enum Settlement {
        case command(
            IntakeEntry.Reply<Committed<CommandResult>>,
            Result<Committed<CommandResult>, EngineError>
        )
        case commands(
            IntakeEntry.Reply<[Result<Committed<CommandResult>, EngineError>]>,
            [Result<Committed<CommandResult>, EngineError>]
        )
        case advance(IntakeEntry.Reply<Timestamp>, Timestamp)
        case acceptClock(IntakeEntry.Reply<TimeSpan?>, TimeSpan?)
    }

    private var waiting: [Settlement] = []

    mutating func add(
        _ reply: IntakeEntry.Reply<Committed<CommandResult>>,
        _ result: Result<Committed<CommandResult>, EngineError>
    ) {
        waiting.append(.command(reply, result))
    }

    mutating func add(
        _ reply: IntakeEntry.Reply<[Result<Committed<CommandResult>, EngineError>]>,
        _ results: [Result<Committed<CommandResult>, EngineError>]
    ) {
        waiting.append(.commands(reply, results))
    }

    mutating func add(_ reply: IntakeEntry.Reply<Timestamp>, _ reached: Timestamp) {
        waiting.append(.advance(reply, reached))
    }

    mutating func add(_ reply: IntakeEntry.Reply<TimeSpan?>, _ jump: TimeSpan?) {
        waiting.append(.acceptClock(reply, jump))
    }

    /// The log holds all that these answers saw.
    mutating func settle() {
        for settlement in waiting {
            switch settlement {
            case .command(let reply, let result): reply.resume(returning: result)
            case .commands(let reply, let results): reply.resume(returning: .success(results))
            case .advance(let reply, let reached): reply.resume(returning: .success(reached))
            case .acceptClock(let reply, let jump): reply.resume(returning: .success(jump))
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// The log failed under these answers.
    mutating func fail(_ error: EngineError) {
        for settlement in waiting {
            switch settlement {
            case .command(let reply, _): reply.resume(returning: .failure(error))
            case .commands(let reply, _): reply.resume(returning: .failure(error))
            case .advance(let reply, _): reply.resume(returning: .failure(error))
            case .acceptClock(let reply, _): reply.resume(returning: .failure(error))
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
