public import EventLog
import Orchestration

/// At most three commands, of which every crash is tried.
public struct EngineScenario: Sendable, CustomStringConvertible {
    /// What happens between two batches.
    enum Action: Sendable {
        case group([Command])
        case advance(Span)
    }

    public let name: String
    public let durability: Durability
    let actions: [Action]

    public var description: String { "\(name) (\(durability))" }

    /// Births, leases, ends and timers, under both settings.
    public static let all: [EngineScenario] = shapes.flatMap { name, actions in
        [Durability.commit, .none].map { EngineScenario(name: name, durability: $0, actions: actions) }
    }

    private static let job = JobSpecification(
        kind: "a",
        payload: [1, 2, 3],
        timeouts: Timeouts(lease: .seconds(5))
    )
    private static let dispatch = Command.dispatch(Dispatch(worker: "w", max: 2))
    private static let done = Command.complete(.job(JobID(1)), result: Payload([9]))

    private static let shapes: [(String, [Action])] = [
        ("an engine without a command", []),
        ("two commands in a batch", [.group([.create(job), .createMany([job, job])])]),
        ("a lease and its end", [.group([.create(job), dispatch]), .group([done])]),
        ("a lease that expires", [.group([.create(job), dispatch]), .advance(.seconds(9))]),
        ("a suggestion approved", [.group([.suggest(job)]), .group([.approve([JobID(1)]), dispatch])]),
    ]
}
