/// What memory keeps of a job that ended; the rest is read back from the log.
package struct FinishedJob: Sendable, Hashable {
    /// ``JobState/succeeded``, ``JobState/dead`` or ``JobState/cancelled``.
    package let state: JobState
    /// Present when it was cancelled.
    package let reason: CancellationReason?
    /// The sequence of its last event, where its history begins when read backwards.
    package let lastSequence: UInt64
}
