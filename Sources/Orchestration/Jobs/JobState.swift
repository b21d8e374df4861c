/// The eight states of a job.
public enum JobState: UInt8, CaseIterable, Sendable {
    /// A suggestion that waits for a decision.
    case proposed = 1
    /// Waits for other jobs.
    case blocked = 2
    /// Waits for a time: run-at or backoff.
    case scheduled = 3
    case ready = 4
    /// A worker holds the lease.
    case running = 5
    case succeeded = 6
    /// Attempts used up, or an error that is not retried.
    case dead = 7
    /// Ended without success, with a ``CancellationReason``.
    case cancelled = 8

    public var isTerminal: Bool { rawValue >= JobState.succeeded.rawValue }
}

/// Why a cancelled job was cancelled.
public enum CancellationReason: UInt8, CaseIterable, Sendable {
    case cancelled = 1
    case rejected = 2
    case expired = 3
    case discarded = 4
}
