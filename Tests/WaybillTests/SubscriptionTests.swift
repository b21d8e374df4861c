import EventLog
import TestSupport
import Testing
import Waybill

/// Subscribers see every event once and in order, wherever they begin and however slow they are.
struct SubscriptionTests {
    func fill(_ engine: Engine, _ count: Int) async throws -> UInt64 {
        for index in 1...count { try await engine.create(JobSpecification(kind: "k\(index)"), by: me) }
        return engine.durableSequence
    }

    @Test(arguments: [1, 8, 262_144])
    func `a subscriber from the start sees all events once, live or behind`(feedEvents: Int) async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        let live = Task.immediate { try await subscribed(engine, through: 101) }
        let last = try await fill(engine, 100)
        let behind = try await subscribed(engine, through: last)
        #expect(last == 101)
        #expect(behind.map(\.sequence) == (1...last).map { $0 })
        #expect(try await live.value == behind)
        #expect(behind == (try storedEvents(disk)))
        try await engine.close()
    }

    @Test(arguments: [1, 262_144])
    func `a cursor is the event before the first one seen`(feedEvents: Int) async throws {
        let engine = try await Engine.inMemory(options: smallOptions(feedEvents: feedEvents))
        let last = try await fill(engine, 50)
        for sequence in [0, 1, 25, 49, 50] as [UInt64] {
            let seen = try await subscribed(engine, after: engine.cursor(after: sequence), through: last)
            #expect(seen.map(\.sequence) == (sequence + 1...last).map { $0 })
        }
        try await engine.close()
    }

    @Test func `a batch larger than the feed is seen by those who fell behind too`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(feedEvents: 1))
        let requests = (1...500).map { CommandGroup.Member(.create(JobSpecification(kind: "k\($0)"))) }
        _ = try await engine.submit(each: requests, by: me)
        let seen = try await subscribed(engine, after: Cursor(epoch: 1, sequence: 1), through: 501)
        #expect(seen.map(\.sequence) == (2...501).map { $0 })
        await engine.jobs.caughtUp(to: 501)
        #expect(await engine.jobs.count == 500)
        try await engine.close()
    }

    @Test func `a cursor goes on over a reopening`() async throws {
        let disk = MemoryDisk()
        let first = try await Engine.open(disk, smallOptions())
        let cursor = first.cursor(after: try await fill(first, 10))
        try await first.close()
        let second = try await Engine.open(disk, smallOptions())
        let last = try await fill(second, 3)
        let parsed = try #require(Cursor(cursor.description))
        let seen = try await subscribed(second, after: parsed, through: last)
        #expect(seen.map(\.sequence) == (12...15).map { $0 })
        #expect(second.cursor(after: last).epoch == second.opening.epoch)
        #expect(second.cursor(after: 11) == cursor)
        try await second.close()
    }

    @Test func `a cursor whose epoch does not hold its sequence is told to resync`() async throws {
        let disk = MemoryDisk()
        let first = try await Engine.open(disk, smallOptions())
        let last = try await fill(first, 5)
        let ahead = Cursor(epoch: 1, sequence: last + 1)
        expectResync(first, ahead)
        try await first.close()
        let second = try await Engine.open(disk, smallOptions())
        _ = try await fill(second, 5)
        expectResync(second, ahead)
        expectResync(second, Cursor(epoch: 2, sequence: last))
        expectResync(second, Cursor(epoch: 9, sequence: 3))
        try await second.close()
    }

    func expectResync(_ engine: Engine, _ cursor: Cursor) {
        do throws(EngineError) {
            _ = try engine.events(after: cursor)
            Issue.record("cursor \(cursor) was taken")
        } catch {
            guard case .resync(cursor) = error else {
                Issue.record("cursor \(cursor) gives \(error)")
                return
            }
        }
    }

    @Test func `a subscriber that waits ends when its task is cancelled`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let end = engine.cursor(after: engine.durableSequence)
        let journal = Journal()
        let waiting = Task.immediate {
            for try await events in try engine.events(after: end) {
                for event in events { journal.write("\(event.sequence)") }
            }
            return journal.all
        }
        waiting.cancel()
        #expect(try await waiting.value == [])
        try await engine.create(JobSpecification(kind: "a"), by: me)
        #expect(journal.all == [])
        try await engine.close()
    }

    @Test(arguments: [1, 262_144])
    func `a subscriber sees everything before the close ends it`(feedEvents: Int) async throws {
        let engine = try await Engine.inMemory(options: smallOptions(feedEvents: feedEvents))
        let subscriber = Task.immediate {
            var sequences: [UInt64] = []
            for try await events in try engine.events() { sequences += events.map(\.sequence) }
            return sequences
        }
        let last = try await fill(engine, 40)
        try await engine.close()
        #expect(try await subscriber.value == (1...last).map { $0 })
        #expect(try await subscribed(engine, through: .max).map(\.sequence) == (1...last).map { $0 })
    }

    @Test func `a text that is no cursor is none`() {
        for text in ["", "1", "1.", ".1", "1.2.3", "a.b", "-1.2", "1.99999999999999999999"] {
            #expect(Cursor(text) == nil)
        }
        #expect(Cursor("3.77") == Cursor(epoch: 3, sequence: 77))
        #expect(Cursor("0.0") == Cursor.start)
    }
}
