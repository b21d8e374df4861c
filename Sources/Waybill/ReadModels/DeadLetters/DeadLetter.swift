public import Orchestration

/// A dead job and what killed it.
public struct DeadLetter: Sendable, Hashable {
    /// What ended a job for good.
    public enum Cause: UInt8, Sendable, CaseIterable {
        /// Its attempts failed, or it ran too long.
        case failure = 1
        /// Its leases ended without a word.
        case crash = 2
        /// A job that it waited for did not succeed.
        case parent = 3
        /// One of its tasks did not succeed.
        case task = 4
    }

    /// The job.
    public let id: JobID
    /// What ended it.
    public let cause: Cause
    /// The type of the last failure; empty for other causes.
    public let errorType: Name
    /// The last failure's message, at most ``messageBytes`` of it; the engine's reason for other causes.
    public let message: String
    /// Why the engine gave up.
    public let reason: String
    /// When it died.
    public let diedAt: Timestamp
    /// The ``DeadLetterGroup`` that it belongs to.
    public let group: UInt64

    /// UTF-8 bytes of a message that are kept.
    public static let messageBytes = 240
}

/// Dead jobs of one kind that were killed by what looks like the same error.
public struct DeadLetterGroup: Sendable, Hashable, Identifiable {
    /// Numbered in the order in which the log first shows them, so it is the same after a restart.
    public let id: UInt64
    /// The kind of its jobs.
    public let kind: Name
    /// What ended them.
    public let cause: DeadLetter.Cause
    /// Empty when the cause is no failure.
    public let errorType: Name
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
