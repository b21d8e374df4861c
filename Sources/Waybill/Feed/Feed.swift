import DequeModule
import Orchestration
import Synchronization

/// The newest committed batches, and who waits for the next one.
///
/// It holds a bounded number of events: whoever falls further behind is told so and reads on from the log, so a
/// slow reader never costs the writer memory.
final class Feed: Sendable {
    /// What a reader at some sequence gets.
    enum Step: Sendable {
        /// The batches that follow, in order; the first may begin before the wanted sequence.
        case batches([CommittedBatch])
        /// The feed no longer holds what follows; the log does, up to this sequence.
        case behind(durable: UInt64)
        /// Nothing follows any more.
        case ended
    }

    fileprivate struct Contents {
        var batches: Deque<CommittedBatch> = []
        var heldEvents = 0
        var heldBytes = 0
        var durable: UInt64
        var epochs: EpochTable
        var hasEnded = false
        var nextTicket: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    /// Payloads are held too, and may be large.
    private static let byteCapacity = 64 << 20

    private let capacity: Int
    private let contents: Mutex<Contents>

    /// `durable` is the last sequence in the log when the feed begins.
    init(capacity: Int, durable: UInt64, epochs: EpochTable) {
        self.capacity = max(1, capacity)
        contents = Mutex(Contents(durable: durable, epochs: epochs))
    }

    var durable: UInt64 { contents.withLock { $0.durable } }
    var epochs: EpochTable { contents.withLock { $0.epochs } }

    /// Takes a batch in, called by the sequencer once it is durable.
    ///
    /// Gives back the readers who wait for it, to be resumed when the callers have their answers.
    func publish(_ batch: CommittedBatch) -> [CheckedContinuation<Void, Never>] {
        contents.withLock { contents in
            contents.batches.append(batch)
            contents.heldEvents += batch.events.count
            contents.heldBytes += batch.bytes
            contents.durable = batch.lastSequence
            contents.epochs.note(batch.events.prefix(1))
            while contents.heldEvents > capacity || contents.heldBytes > Self.byteCapacity,
                contents.batches.count > 1
            {
                let oldest = contents.batches.removeFirst()
                contents.heldEvents -= oldest.events.count
                contents.heldBytes -= oldest.bytes
            }
            return contents.takeWaiters()
        }
    }

    /// Called once, when nothing more will be published.
    func end() {
        let woken = contents.withLock { contents in
            contents.hasEnded = true
            return contents.takeWaiters()
        }
        for waiter in woken { waiter.resume() }
    }

    /// Waits for what follows `sequence`.
    ///
    /// A cancelled task is told that the feed has ended.
    func next(after sequence: UInt64) async -> Step {
        while !Task.isCancelled {
            if let step = step(after: sequence) { return step }
            await waitForMore(than: sequence)
        }
        return .ended
    }

    private func step(after sequence: UInt64) -> Step? {
        contents.withLock { contents in
            guard contents.durable > sequence else { return contents.hasEnded ? .ended : nil }
            guard let first = contents.batches.first, first.firstSequence <= sequence + 1 else {
                return .behind(durable: contents.durable)
            }
            var start = contents.batches.endIndex
            while start > contents.batches.startIndex, contents.batches[start - 1].lastSequence > sequence {
                start -= 1
            }
            return .batches(Array(contents.batches[start...]))
        }
    }

    private func waitForMore(than sequence: UInt64) async {
        let ticket = contents.withLock { contents in
            contents.nextTicket += 1
            return contents.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStale = contents.withLock { contents in
                    guard contents.durable <= sequence, !contents.hasEnded, !Task.isCancelled else {
                        return true
                    }
                    contents.waiters[ticket] = continuation
                    return false
                }
                if isStale { continuation.resume() }
            }
        } onCancel: {
            contents.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
    }
}

extension Feed.Contents {
    fileprivate mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { waiters.removeAll(keepingCapacity: true) }
        return Array(waiters.values)
    }
}
