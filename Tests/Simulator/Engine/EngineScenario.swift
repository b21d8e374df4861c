package import EventLog
import Orchestration

/// At most three commands, of which every crash is tried.
package struct EngineScenario: Sendable, CustomStringConvertible {
    /// What happens between two batches.
    enum Action: Sendable {
        case group([Command])
        /// Whoever waits for work leaves.
        case leave
        case advance(TimeSpan)
    }

    package let name: String
    package let durability: Durability
    let actions: [Action]

    package var description: String { "\(name) (\(durability))" }

    /// Births, leases, ends and timers, under both settings.
    package static let all: [EngineScenario] = shapes.flatMap { name, actions in
        [Durability.commit, .none].map { EngineScenario(name: name, durability: $0, actions: actions) }
    }

    private static let job = JobSpecification(
        kind: "a",
        payload: [1, 2, 3],
        timeouts: Timeouts(lease: .seconds(5))
    )
    private static let dispatch = Command.dispatch(DispatchRequest(worker: "w", max: 2))
    private static let done = Command.complete(.job(JobID(1)), result: Payload([9]))

    private static let failed = Command.fail(.job(JobID(1)), Failure(type: "fatal", isRetryable: false))
    /// As its events 2 to 5 tell of it.
    private static let dead = FinishedJobSnapshot(
        job: JobID(1),
        version: 5,
        specification: job,
        origin: .created
    )
    private static let limit = Command.configureQueue(QueueSpecification(name: "default", concurrency: 1))

    private static let shapes: [(String, [Action])] = [
        ("an engine without a command", []),
        ("two commands in a batch", [.group([.create(job), .createMany([job, job])])]),
        ("a lease and its end", [.group([.create(job), dispatch]), .group([done])]),
        ("a lease that expires", [.group([.create(job), dispatch]), .advance(.seconds(9))]),
        (
            "a dead letter that is redriven",
            [.group([.create(job), dispatch, failed]), .group([.redrive(Redrive([dead]))])]
        ),
        ("a queue with a limit", [.group([.createMany([job, job]), limit]), .group([dispatch])]),
        ("a suggestion approved", [.group([.suggest(job)]), .group([.approve([JobID(1)]), dispatch])]),
    ]
}
