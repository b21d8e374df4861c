public import Orchestration

/// Dead jobs of one kind that were killed by what looks like the same error.
public struct DeadLetterGroup: Sendable, Hashable, Identifiable {
    /// Numbered in the order in which the log first shows them, so it is the same after a restart.
    public let id: UInt64
    /// The kind of its jobs.
    public let kind: String
    /// What ended them.
    public let cause: DeadLetter.Cause
    /// Empty when the cause is no failure.
    public let errorType: String
    /// The message without what differs from job to job, such as numbers and ids.
    public let fingerprint: String
    /// The newest message, as it was.
    public let sample: String
    /// Jobs that are dead now.
    public let count: Int
    /// When the first of its jobs died, those that left it since included.
    public let firstSeen: Timestamp
    /// When the newest of them died.
    public let lastSeen: Timestamp
}
