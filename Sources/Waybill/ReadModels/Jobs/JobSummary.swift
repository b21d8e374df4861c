public import Orchestration

/// One job as the jobs read model shows it.
public struct JobSummary: Sendable, Hashable {
    /// Its number.
    public let id: JobID
    /// What work it is.
    public let kind: String
    /// Where it waits, or waited.
    public let queue: String
    /// Where it is in its life.
    public let state: JobState
    /// Set when the state is `cancelled`.
    public let cancellation: CancellationReason?
    /// Higher goes first.
    public let priority: Int32
    /// Attempts begun, crashes included; what was snoozed or released is not counted.
    public let attempts: UInt32
    /// Short texts that it is found by.
    public let tags: [String]
    /// Whether it is kept from being dispatched.
    public let isHeld: Bool
    /// Who holds it while it runs.
    public let worker: String?
    /// Where it runs, or ran last; nil when it was on no machine.
    public let machine: String?
    /// When it was created or suggested.
    public let createdAt: Timestamp
    /// When the state last changed.
    public let changedAt: Timestamp
    /// The last event that touched the job: its version, and where its history begins backwards.
    public let version: UInt64
}
