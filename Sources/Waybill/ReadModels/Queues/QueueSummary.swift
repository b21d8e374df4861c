public import Orchestration

/// A queue with what it holds; the tokens of its rate stand in the state, see ``Engine/inspect(_:)``.
public struct QueueSummary: Sendable, Hashable {
    private let byState: [Int]
    /// As it was configured last; a queue that nobody configured has no limits.
    public let specification: QueueSpecification
    /// Whether it takes and gives jobs.
    public let status: QueueStatus
    /// Waiting jobs that are kept from being dispatched.
    public let held: Int
    /// Since when the ready job waits that has waited longest, held ones apart; nil when none is ready.
    public let oldestReady: Timestamp?
    /// How its attempts ended.
    public let attempts: AttemptTally

    init(
        byState: [Int],
        specification: QueueSpecification,
        status: QueueStatus,
        held: Int,
        oldestReady: Timestamp?,
        attempts: AttemptTally
    ) {
        self.byState = byState
        self.specification = specification
        self.status = status
        self.held = held
        self.oldestReady = oldestReady
        self.attempts = attempts
    }

    /// What jobs name it by.
    public var name: String { specification.name }

    /// Jobs of the queue in this state.
    public subscript(state: JobState) -> Int { byState[Int(state.rawValue)] }

    /// Jobs in any state, pruned ones apart.
    public var total: Int { byState.reduce(0, +) }

    /// Waiting jobs: blocked, scheduled or ready.
    public var depth: Int { self[.blocked] + self[.scheduled] + self[.ready] }

    /// Running jobs, which its concurrency bounds.
    public var inFlight: Int { self[.running] }

    /// How many more may run at once; nil without a limit.
    public var available: Int? { specification.concurrency.map { max(0, Int($0) - inFlight) } }
}
