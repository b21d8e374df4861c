/// How far the read models of an engine have folded, and who waits for them to get further.
///
/// One for all of them: a model that an event says nothing to need not be woken to know that it is up to date.
final class ProjectionWatermark: Sendable {
    private struct Reached {
        var sequence: UInt64 = 0
        var hasEnded = false
    }

    private let reached = AsyncCondition(Reached())

    /// The last sequence that every model has folded.
    var sequence: UInt64 { reached.withLock { $0.sequence } }

    func reach(_ sequence: UInt64) {
        reached.signal { $0.sequence = max($0.sequence, sequence) }
    }

    /// Waits until `sequence` is folded; false when nothing more will be, or the task was cancelled.
    func caughtUp(to sequence: UInt64) async -> Bool {
        await reached.waitUnlessCancelled { reached in
            if sequence <= reached.sequence { return true }
            return reached.hasEnded ? false : nil
        } ?? false
    }

    /// Nothing more will be folded: nobody waits for ever.
    func end() {
        reached.signal { $0.hasEnded = true }
    }
}
