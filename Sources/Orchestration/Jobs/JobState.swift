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

/// Some of the eight states, as bits.
struct JobStateSet: OptionSet, Sendable {
    let rawValue: UInt16

    static let proposed = JobStateSet(.proposed)
    static let blocked = JobStateSet(.blocked)
    static let scheduled = JobStateSet(.scheduled)
    static let ready = JobStateSet(.ready)
    static let running = JobStateSet(.running)
    static let succeeded = JobStateSet(.succeeded)
    static let dead = JobStateSet(.dead)
    static let cancelled = JobStateSet(.cancelled)

    static let waiting: JobStateSet = [.blocked, .scheduled, .ready]
    static let open: JobStateSet = [.proposed, .waiting, .running]
    static let ended: JobStateSet = [.succeeded, .dead, .cancelled]

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    init(_ state: JobState) {
        rawValue = 1 << UInt16(state.rawValue)
    }

    func contains(_ state: JobState) -> Bool {
        rawValue & 1 << UInt16(state.rawValue) != 0
    }
}
