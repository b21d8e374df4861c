import DequeModule
import Orchestration

/// The newest committed batches, and who waits for the next one.
///
/// It holds a bounded number of events, and of bytes that they take in memory: whoever falls further behind is told so
/// and reads on from the log. A reader gets a few batches at a time, for it may keep them long after the feed has let go.
final class Feed: Sendable {
    /// What a reader at some sequence gets.
    enum Step: Sendable {
        /// Some batches that follow, in order; the first may begin before the wanted sequence.
        case batches([CommittedBatch])
        /// The feed no longer holds what follows; the log does, up to this sequence.
        case behind(durable: UInt64)
        /// Nothing follows any more.
        case ended
    }

    private struct Contents {
        var batches: Deque<CommittedBatch> = []
        var heldEvents = 0
        var heldBytes = 0
        var durable: UInt64
        var epochs: EpochTable
        var hasEnded = false

        func step(after sequence: UInt64) -> Step? {
            guard durable > sequence else { return hasEnded ? .ended : nil }
            guard let first = batches.first, first.firstSequence <= sequence + 1 else {
                return .behind(durable: durable)
            }
            let start = firstIndex(after: sequence)
            var (end, bytes) = (start + 1, batches[start].memoryBytes)
            while end < batches.endIndex {
                bytes += batches[end].memoryBytes
                guard bytes <= Feed.stepBytes else { break }
                end += 1
            }
            return .batches(Array(batches[start..<end]))
        }

        /// Of the first batch that ends behind the sequence, which is before the last one's end.
        private func firstIndex(after sequence: UInt64) -> Int {
            var (low, high) = (batches.startIndex, batches.endIndex - 1)
            while low < high {
                let middle = (low + high) / 2
                if batches[middle].lastSequence > sequence { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    /// What one reader is given at once, unless a single batch is larger.
    static let stepBytes = 256 << 10

    private let capacity: Int
    /// Payloads are held too, and may be large.
    private let byteCapacity: Int
    private let contents: AsyncCondition<Contents>

    /// `durable` is the last sequence in the log when the feed begins.
    init(capacity: Int, byteCapacity: Int = 64 << 20, durable: UInt64, epochs: EpochTable) {
        self.capacity = max(1, capacity)
        self.byteCapacity = byteCapacity
        contents = AsyncCondition(Contents(durable: durable, epochs: epochs))
    }

    var durable: UInt64 { contents.withLock { $0.durable } }
    var epochs: EpochTable { contents.withLock { $0.epochs } }

    /// Takes a batch in, called by the sequencer once it is durable.
    ///
    /// Gives back what resumes the readers who wait for it, for when the callers have their answers.
    func publish(_ batch: CommittedBatch) -> [AsyncCondition<Void>.Wakeup] {
        let (capacity, byteCapacity) = (capacity, byteCapacity)
        return contents.signalLater { contents in
            contents.batches.append(batch)
            contents.heldEvents += batch.events.count
            contents.heldBytes += batch.memoryBytes
            contents.durable = batch.lastSequence
            contents.epochs.record(batch.events.prefix(1))
            while contents.heldEvents > capacity || contents.heldBytes > byteCapacity,
                contents.batches.count > 1
            {
                let oldest = contents.batches.removeFirst()
                contents.heldEvents -= oldest.events.count
                contents.heldBytes -= oldest.memoryBytes
            }
        }.1
    }

    /// Called once, when nothing more will be published.
    func end() {
        contents.signal { $0.hasEnded = true }
    }

    /// Waits for what follows `sequence`.
    ///
    /// A cancelled task is told that the feed has ended.
    func next(after sequence: UInt64) async -> Step {
        if Task.isCancelled { return .ended }
        return await contents.waitUnlessCancelled { $0.step(after: sequence) } ?? .ended
    }
}
