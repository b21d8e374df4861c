import Orchestration
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
        /// Idempotency keys that take a slot, and how old the first of them was then.
        var keys: (count: Int, limit: Int, oldestAge: TimeSpan?) = (0, 0, nil)
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    /// A batch was appended, which took from one monotonic moment to another; `bytesWritten` since the opening.
    func record(
        _ batch: CommittedBatch,
        bytesWritten: UInt64,
        keys: (count: Int, limit: Int, oldest: Timestamp?),
        from start: Int64,
        to end: Int64
    ) {
        state.withLock { counts in
            let time = batch.events.last?.time ?? .zero
            counts.keys = (keys.count, keys.limit, keys.oldest.map { max(.zero, time - $0) })
            counts.batches += 1
            counts.events += UInt64(batch.events.count)
            counts.bytes = bytesWritten
            counts.appends.record(end - start)
            counts.sizes.record(Int64(batch.events.count))
            counts.last = (end - start, end)
        }
    }
}

/// How often the sequencer refused what, since the engine was opened.
final class RefusalCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    var all: [String: Int] { counts.withLock { $0 } }

    func count(_ answers: [Answer]) {
        for answer in answers {
            switch answer.reply {
            case .success(.committed(let result)): count(result.value)
            case .success(.together(let results)): for result in results.value { count(result) }
            case .success(.outcomes(let outcomes)):
                for outcome in outcomes {
                    switch outcome {
                    case .success(let result): count(result.value)
                    case .failure(let error): count(error)
                    }
                }
            case .success: break
            case .failure(let error): count(error)
            }
        }
    }

    private func count(_ error: EngineError) {
        if case .refused(let refusal) = error { count(refusal) }
    }

    /// The items of a bulk completion are refused one by one.
    private func count(_ result: CommandResult) {
        guard case .outcomes(let outcomes) = result else { return }
        for case .some(let refusal) in outcomes { count(refusal) }
    }

    private func count(_ refusal: Refusal) {
        let name = refusal.name
        counts.withLock { $0[name, default: 0] += 1 }
    }
}
