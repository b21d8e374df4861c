public import Orchestration

/// How an engine is, at one glance: for readiness and metrics.
///
/// Counts are since the engine was opened.
public struct EngineMetrics: Sendable {
    public let condition: EngineCondition
    /// Of this opening; 0 while it is not recorded yet.
    public let epoch: UInt64
    /// The last sequence that is durable.
    public let durableSequence: UInt64
    /// How long the last append took: framing a batch, writing it and syncing it; nil before the first.
    public let lastAppend: TimeSpan?
    /// How long ago that was, by a clock that nobody sets.
    public let sinceLastAppend: TimeSpan?
    public let batchesWritten: UInt64
    public let eventsWritten: UInt64
    /// Bytes of those batches as they stand in the log, compressed, headers included.
    public let bytesWritten: UInt64
    /// How long appends took, in nanoseconds.
    public let appends: BucketHistogram
    /// Events in a batch.
    public let batchSizes: BucketHistogram
    /// Callers who wait for the sequencer, as of a moment ago.
    public let intakeDepth: Int
    /// What the intake takes at most, by weight.
    public let intakeCapacity: Int
    /// Events that are durable and that the slowest read model doesn't show yet.
    public let readModelLag: UInt64
}

extension Engine {
    /// How the engine is, without waiting for anything: some microseconds, in every condition.
    public func vitals() -> EngineMetrics {
        let counts = sequencer.metrics.counts
        // Read before the durable sequence, so that the lag is never less than nothing.
        let shown = progress.sequence
        let durable = durableSequence
        return EngineMetrics(
            condition: condition,
            epoch: sequencer.feed.epochs.epoch(of: durable),
            durableSequence: durable,
            lastAppend: counts.last.map { TimeSpan(nanoseconds: $0.nanoseconds) },
            sinceLastAppend: counts.last.map {
                TimeSpan(nanoseconds: max(0, ClockSource.monotonicNanoseconds() - $0.at))
            },
            batchesWritten: counts.batches,
            eventsWritten: counts.events,
            bytesWritten: counts.bytes,
            appends: counts.appends,
            batchSizes: counts.sizes,
            intakeDepth: sequencer.intake.count,
            intakeCapacity: sequencer.intake.capacity,
            readModelLag: durable - min(shown, durable)
        )
    }
}
