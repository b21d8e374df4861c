public import Orchestration

/// One job as the jobs read model shows it.
public struct JobSummary: Sendable, Hashable {
    public let id: JobID
    public let kind: String
    public let queue: String
    public let state: JobState
    /// Set when the state is `cancelled`.
    public let cancellation: CancellationReason?
    public let priority: Int32
    /// Attempts begun, crashes included.
    public let attempts: UInt32
    public let createdAt: Timestamp
    /// When the state last changed.
    public let changedAt: Timestamp
    /// The last event that touched the job: its version, and where its history begins backwards.
    public let version: UInt64
}
