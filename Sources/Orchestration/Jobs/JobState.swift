/// The eight states of a job.
public enum JobState: UInt8, CaseIterable, Sendable {
    /// A suggestion that waits for a decision.
    case proposed = 1
    /// Waits for other jobs.
    case blocked = 2
    /// Waits for a time: run-at or backoff.
    case scheduled = 3
    /// Waits for a worker.
    case ready = 4
    /// A worker holds the lease.
    case running = 5
    /// Ended well, with a result.
    case succeeded = 6
    /// Attempts used up, or an error that is not retried.
    case dead = 7
    /// Ended without success, with a ``CancellationReason``.
    case cancelled = 8

    /// Whether the job has ended: nothing but a redrive goes on from there.
    public var isTerminal: Bool { rawValue >= JobState.succeeded.rawValue }
}

/// Why a cancelled job was cancelled.
public enum CancellationReason: UInt8, CaseIterable, Sendable {
    /// Somebody cancelled it.
    case cancelled = 1
    /// It was a suggestion, and somebody turned it down.
    case rejected = 2
    /// It still waited when it was no longer wanted.
    case expired = 3
    /// It was dead, and somebody gave it up.
    case discarded = 4
}
