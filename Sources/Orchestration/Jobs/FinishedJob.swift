/// What memory keeps of a job that ended; the rest is read back from the log.
public struct FinishedJob: Sendable, Hashable {
    /// ``JobState/succeeded``, ``JobState/dead`` or ``JobState/cancelled``.
    public let state: JobState
    /// Present when it was cancelled.
    public let reason: CancellationReason?
    /// The sequence of its last event, where its history begins when read backwards.
    public let lastSequence: UInt64
}
