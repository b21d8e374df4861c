import EventLog
import Synchronization

/// What the sequencer has written since the engine was opened.
///
/// One lock a batch, mostly nobody else's: some ten nanoseconds beside a sync.
final class WriteMetrics: Sendable {
    struct Counts: Sendable {
        var batches: UInt64 = 0
        var events: UInt64 = 0
        var bytes: UInt64 = 0
        /// Nanoseconds that appends took.
        var appends = BucketHistogram([
            50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000,
            50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000,
        ])
        /// Events in a batch.
        var sizes = BucketHistogram([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000])
        var last: (nanoseconds: Int64, at: Int64)?
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    /// A batch was appended, which took from one monotonic moment to another; `bytes` were written since the opening.
    func note(events: Int, bytes: UInt64, from start: Int64, to end: Int64) {
        state.withLock { counts in
            counts.batches += 1
            counts.events += UInt64(events)
            counts.bytes = bytes
            counts.appends.note(end - start)
            counts.sizes.note(Int64(events))
            counts.last = (end - start, end)
        }
    }
}
