import EventLog
import TestSupport
import Testing
import Waybill

/// How an engine ends: in order by a close or by being let go of, and refusing afterwards.
struct SequencerTerminationTests {
    @Test func `a close answers what waits, then leaves the log clean`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        disk.syncGate.shut()
        let first = Task.immediate { try await engine.create(JobSpecification(kind: "a"), by: me).value }
        await disk.syncGate.reached()
        let waiting = (1...5).map { index in
            Task.immediate { try await engine.create(JobSpecification(kind: "k\(index)"), by: me).value }
        }
        let closing = Task.immediate { try await engine.close() }
        let late = await engineError { try await engine.create(JobSpecification(kind: "late"), by: me) }
        guard case .closed? = late else {
            Issue.record("a command during the close gives \(String(describing: late))")
            return disk.syncGate.open()
        }
        disk.syncGate.open()
        try await closing.value
        #expect(try await first.value == JobID(1))
        for (index, task) in waiting.enumerated() {
            #expect(try await task.value == JobID(UInt64(index) + 2))
        }
        guard case .closed = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        #expect(try lockHolder(disk) == nil)
        let again = try await Engine.open(disk, smallOptions())
        #expect(again.opening.wasClean)
        #expect(again.opening.lastSequence == 7)
        #expect(again.opening.epoch == engine.opening.epoch + 1)
        try await again.close()
    }

    @Test func `closing twice is fine and reading goes on`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let job = try await engine.create(JobSpecification(kind: "a"), by: me)
        await engine.jobs.caughtUp(to: job.sequence)
        try await engine.close()
        try await engine.close()
        #expect(await engine.jobs[job.value]?.state == .ready)
        let inspected = await engineError { try await engine.inspect { state in state.jobCount } }
        guard case .closed? = inspected else {
            Issue.record("an inspection after the close gives \(String(describing: inspected))")
            return
        }
    }

    @Test func `letting go of the engine closes the log`() async throws {
        let disk = MemoryDisk()
        var stream: EventStream?
        do {
            let engine = try await Engine.open(disk, smallOptions())
            try await engine.create(JobSpecification(kind: "a"), by: me)
            stream = try engine.events()
        }
        // The stream ends with the engine's last batch; the lock goes just before.
        var count = 0
        for try await events in try #require(stream) { count += events.count }
        #expect(count == 2)
        #expect(try lockHolder(disk) == nil)
        let again = try await Engine.open(disk, smallOptions())
        #expect(again.opening.wasClean)
        try await again.close()
    }

    @Test func `a group whose engine closes meanwhile is answered whole`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let group = (1...200).map { CommandGroup.Member(.create(JobSpecification(kind: "k\($0)"))) }
        let answers = Task.immediate { try await engine.submit(each: group, by: me) }
        try await engine.close()
        #expect(try await answers.value.count == 200)
        #expect(engine.durableSequence == 201)
    }
}
