import EventLog
public import Orchestration

/// How an engine is, at one glance: for readiness and metrics.
///
/// Counts are since the engine was opened.
public struct EngineMetrics: Sendable {
    /// Whether commands are taken, and if not, why.
    public let condition: EngineCondition
    /// Of this opening; 0 while it is not recorded yet.
    public let epoch: UInt64
    /// The last sequence that is durable.
    public let durableSequence: UInt64
    /// How long the last append took: framing a batch, writing it and syncing it; nil before the first.
    public let lastAppend: TimeSpan?
    /// How long ago that was, by a clock that nobody sets.
    public let sinceLastAppend: TimeSpan?
    /// Batches, each written and synced as one.
    public let batchesWritten: UInt64
    /// Events in them.
    public let eventsWritten: UInt64
    /// Bytes of those batches as they stand in the log, compressed, headers included.
    public let bytesWritten: UInt64
    /// How long appends took, in nanoseconds.
    package let appends: BucketHistogram
    /// Events in a batch.
    package let batchSizes: BucketHistogram
    /// Callers who wait for the sequencer, as of a moment ago.
    public let intakeDepth: Int
    /// What the intake takes at most, by weight.
    public let intakeCapacity: Int
    /// Events that are durable and that the slowest read model doesn't show yet.
    public let readModelLag: UInt64
    /// Idempotency keys that are remembered for their window, as of the last batch.
    public let idempotencyKeys: Int
    /// How old the first of them was then; nil where there is none.
    public let oldestIdempotencyKey: TimeSpan?
    /// Where new ones begin to be refused: see `IdempotencyBounds/count`.
    public let idempotencyKeyLimit: Int
}

extension Engine {
    /// How the engine is, without waiting for anything: some microseconds, in every condition.
    public func metrics() -> EngineMetrics {
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
            readModelLag: durable - min(shown, durable),
            idempotencyKeys: counts.keys.count,
            oldestIdempotencyKey: counts.keys.oldestAge,
            idempotencyKeyLimit: counts.keys.limit
        )
    }
}

/// What a log takes of its disk.
package struct LogFootprint: Sendable, Hashable {
    package let segments: Int
    /// Bytes of all segments, with what the newest one is filled with ahead.
    package let bytes: UInt64
    /// Room on the file system for this process; nil where that isn't known.
    package let freeBytes: UInt64?

    init(of files: any LogFS) throws(EngineError) {
        let extent: LogExtent
        do { extent = try LogExtent(of: files) } catch { throw .log(error) }
        (segments, bytes, freeBytes) = (extent.segments, extent.bytes, extent.freeBytes)
    }
}

extension Engine {
    /// What the log takes of its disk, by looking at it: a few microseconds a segment.
    ///
    /// Throws ``EngineError/log(_:)`` when the directory can't be read.
    package func footprint() async throws(EngineError) -> LogFootprint {
        let files = log.files
        return try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            try LogFootprint(of: files)
        }
    }
}

/// How often a measure fell between which bounds, with what they add up to.
package struct BucketHistogram: Sendable, Hashable {
    /// Upper bounds, ascending and inclusive.
    package let bounds: [Int64]
    /// One for each bound, and one more for what lies above the last.
    package private(set) var counts: [UInt64]
    package private(set) var sum: Int64 = 0

    /// All measures.
    package var count: UInt64 { counts.reduce(0, +) }

    package init(_ bounds: [Int64]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    package mutating func record(_ measure: Int64) {
        var place = 0
        while place < bounds.count, measure > bounds[place] { place += 1 }
        counts[place] += 1
        sum &+= measure
    }
}
