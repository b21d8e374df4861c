import EventLog
import TestSupport
import Testing
import Waybill

/// Nothing is seen before it is durable: not by who asked, not by who watches.
struct DurabilityTests {
    /// An engine whose segment is filled ahead, so that the next sync is that of the next batch and no other.
    func warmEngine(_ disk: FaultyDisk) async throws -> Engine {
        let engine = try await Engine.open(disk, smallOptions())
        try await engine.register(MachineSpecification(name: "m", cpuMillis: 1), by: me)
        return engine
    }

    /// Keeps the calls and the opening of the gate in one order.
    func release(_ disk: FaultyDisk, _ journal: Journal) {
        journal.write("synced")
        disk.syncGate.open()
    }

    @Test func `no caller, subscriber or read model learns of an event before its sync`() async throws {
        let disk = FaultyDisk()
        let engine = try await warmEngine(disk)
        let journal = Journal()
        let before = engine.durableSequence
        await engine.jobs.caughtUp(to: before)
        disk.syncGate.shut()
        let subscriber = Task {
            let seen = try await subscribed(engine, after: engine.cursor(after: before), through: before + 1)
            journal.write("subscriber")
            return seen
        }
        let model = Task {
            await engine.jobs.caughtUp(to: before + 1)
            journal.write("model")
        }
        let caller = Task.immediate {
            let job = try await engine.create(JobSpecification(kind: "a"), by: me)
            journal.write("caller")
            return job
        }
        await disk.syncGate.reached()
        #expect(engine.durableSequence == before)
        #expect(await engine.jobs.count == 0)
        #expect(try storedEvents(disk).count == Int(before))
        release(disk, journal)
        #expect(try await caller.value.sequence == before + 1)
        #expect(try await subscriber.value.map(\.sequence) == [before + 1])
        await model.value
        #expect(journal.all.first == "synced")
        #expect(journal.all.sorted() == ["caller", "model", "subscriber", "synced"])
        try await engine.close()
    }

    @Test func `refusals and empty answers wait for the batch whose state they saw`() async throws {
        let disk = FaultyDisk()
        let engine = try await warmEngine(disk)
        let journal = Journal()
        disk.syncGate.shut()
        let first = Task.immediate { try await engine.create(JobSpecification(kind: "first"), by: me) }
        await disk.syncGate.reached()
        // These four gather behind the sync and become one batch, whose own sync stands still again.
        let created = Task.immediate {
            try await engine.create(JobSpecification(kind: "a", uniqueKey: "u"), by: me)
        }
        let refused = Task.immediate {
            let reason = await refusal {
                try await engine.create(JobSpecification(kind: "a", uniqueKey: "u"), by: me)
            }
            journal.write("refused")
            return reason
        }
        let empty = Task.immediate {
            let answer = try await engine.dispatch(DispatchRequest(worker: "w", kinds: ["none"]), by: me)
            journal.write("empty")
            return answer
        }
        let moved = Task.immediate {
            let reached = try await engine.advance(by: .seconds(1))
            journal.write("advanced")
            return reached
        }
        disk.syncGate.shutBehind()
        await disk.syncGate.reached()
        let firstSequence = try await first.value.sequence
        #expect(engine.durableSequence == firstSequence)
        release(disk, journal)
        let sequence = try await created.value.sequence
        #expect(await refused.value == .duplicate(of: JobID(2)))
        #expect(try await empty.value.sequence == sequence)
        #expect(try await moved.value == Timestamp(seconds: 1001))
        #expect(journal.all.first == "synced")
        try await engine.close()
    }

    @Test func `what waits while a batch syncs becomes the next batch, with one sync`() async throws {
        let disk = FaultyDisk()
        let engine = try await warmEngine(disk)
        disk.syncGate.shut()
        let first = Task.immediate { try await engine.create(JobSpecification(kind: "a"), by: me) }
        await disk.syncGate.reached()
        let syncs = disk.syncCount
        let followers = (1...50).map { index in
            Task.immediate { try await engine.create(JobSpecification(kind: "k\(index)"), by: me) }
        }
        disk.syncGate.open()
        let start = try await first.value.sequence
        for (index, follower) in followers.enumerated() {
            #expect(try await follower.value.sequence == start + UInt64(index) + 1)
        }
        #expect(disk.syncCount - syncs == 1)
        #expect(try verifyLog(disk).batches == 4)
        try await engine.close()
    }
}
