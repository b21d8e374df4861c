import Testing

@testable import Orchestration
@testable import Waybill

/// What the newest batches may take in memory, whatever their events carry.
struct FeedMemoryTests {
    private func batch(_ sequence: UInt64, payload: Int) throws -> CommittedBatch {
        let job = JobSpecification(kind: "k", payload: [UInt8](repeating: 7, count: payload))
        let event = Event(
            sequence: sequence,
            time: .zero,
            command: sequence,
            context: .engine,
            body: .jobCreated(JobID(sequence), job)
        )
        return try #require(CommittedBatch([event]))
    }

    /// An operator who gives the feed 64 MiB means memory: small events took several times their encoded bytes.
    @Test(arguments: [0, 10, 1000, 100_000])
    func `an event counts its place in memory, and never less than it carries`(payload: Int) throws {
        let bytes = try batch(1, payload: payload).memoryBytes
        #expect(bytes >= MemoryLayout<Event>.stride + payload + 256)
        #expect(bytes <= MemoryLayout<Event>.stride + payload + 512)
    }

    @Test func `who falls behind so many bytes reads on from the log`() async throws {
        let weight = try batch(1, payload: 1000).memoryBytes
        let feed = Feed(capacity: 1_000_000, byteCapacity: 10 * weight, durable: 0, epochs: EpochTable())
        for sequence in 1...10 as ClosedRange<UInt64> {
            for wakeup in feed.publish(try batch(sequence, payload: 1000)) { wakeup() }
        }
        guard case .batches(let all) = await feed.next(after: 0) else {
            Issue.record("ten batches of this weight fit")
            return
        }
        #expect(all.map(\.firstSequence) == Array(1...10))
        for wakeup in feed.publish(try batch(11, payload: 1000)) { wakeup() }
        guard case .behind(let durable) = await feed.next(after: 0) else {
            Issue.record("the eleventh pushes the first out")
            return
        }
        #expect(durable == 11)
        guard case .batches(let rest) = await feed.next(after: 1) else {
            Issue.record("the others are there")
            return
        }
        #expect(rest.count == 10)
    }

    private func walk(_ feed: Feed, _ body: ([CommittedBatch]) -> Void) async -> [UInt64] {
        var found: [UInt64] = []
        while case .batches(let step) = await feed.next(after: found.last ?? 0) {
            body(step)
            found += step.map(\.lastSequence)
        }
        return found
    }

    /// A thousand clients, each of which had the whole feed at hand, held a thousand times 64 MiB.
    @Test func `who has fallen behind is given a few batches at a time, and each batch once`() async throws {
        let feed = Feed(capacity: 1_000_000, durable: 0, epochs: EpochTable())
        // The one in the middle is larger than a step by itself.
        for sequence in 1...600 as ClosedRange<UInt64> {
            let batch = try batch(sequence, payload: sequence == 300 ? 2 * Feed.stepBytes : 2000)
            for wakeup in feed.publish(batch) { wakeup() }
        }
        feed.end()
        var steps: [[Int]] = []
        let found = await walk(feed) { step in steps.append(step.map(\.memoryBytes)) }
        #expect(found == Array(1...600))
        #expect(steps.allSatisfy { $0.count == 1 || $0.reduce(0, +) <= Feed.stepBytes })
        #expect(steps.count < 20)
    }
}
