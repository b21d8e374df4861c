/// Eight bytes for one job number: the slot of a live job, or how and where in the log a finished one ended.
///
/// The high byte is 0 for a live job, 255 for one that was pruned, else state in the low four bits and reason in the
/// high four; below it 56 bits of slot or sequence.
struct JobEntry: Sendable, Hashable {
    private static var mask: UInt64 { (1 << 56) - 1 }

    static let pruned = JobEntry(rawValue: 255 << 56)

    let rawValue: UInt64

    private init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(slot: UInt32) {
        rawValue = UInt64(slot)
    }

    init(_ outcome: FinishedJob) {
        let tag = outcome.state.rawValue | (outcome.reason?.rawValue ?? 0) << 4
        rawValue = UInt64(tag) << 56 | (outcome.lastSequence & Self.mask)
    }

    /// Nil for a finished job.
    var slot: UInt32? {
        rawValue >> 56 == 0 ? UInt32(truncatingIfNeeded: rawValue) : nil
    }

    var isPruned: Bool { self == .pruned }

    /// Nil for a live job and for one that was pruned.
    var outcome: FinishedJob? {
        let tag = UInt8(truncatingIfNeeded: rawValue >> 56)
        guard let state = JobState(rawValue: tag & 15) else { return nil }
        return FinishedJob(
            state: state,
            reason: CancellationReason(rawValue: tag >> 4),
            lastSequence: rawValue & Self.mask
        )
    }
}
