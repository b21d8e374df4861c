import EventLog
import Orchestration
import TestSupport
import Testing
import Waybill

/// A full disk refuses commands and harms nothing; when there is room again, the engine goes on.
struct FullDiskTests {
    func isNoSpace(_ error: EngineError?) -> Bool {
        if case .noSpace? = error { true } else { false }
    }

    /// Creates jobs until the disk refuses; the ids that were acknowledged.
    func fill(_ engine: Engine) async throws -> [JobID] {
        var created: [JobID] = []
        var random = SeededRandom(seed: 1)
        for index in 0..<10_000 {
            let job = JobSpecification(kind: "k\(index)", payload: random.bytes(200))
            do throws(EngineError) {
                created.append(try await engine.create(job, by: me).value)
            } catch {
                #expect(isNoSpace(error))
                return created
            }
        }
        Issue.record("the disk never filled up")
        return created
    }

    @Test func `commands are refused, reads go on, and nothing is lost when room returns`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        var jobs: [JobID] = []
        for _ in 1...8 {
            disk.isFull = true
            jobs += try await fill(engine)
            guard case .waitingForSpace = engine.condition else {
                Issue.record("the condition is \(engine.condition)")
                break
            }
            #expect(isNoSpace(await engineError { try await engine.submit(.cancel([JobID(1)]), by: me) }))
            let group = try await engine.submit(each: [CommandGroup.Member(.cancel([JobID(1)]))], by: me)
            #expect(isNoSpace(await engineError { try group[0].get() }))
            await engine.jobs.caughtUp(to: engine.durableSequence)
            #expect(await engine.jobs.count == jobs.count)
            #expect(try await subscribed(engine, through: engine.durableSequence).count == jobs.count + 1)
            disk.isFull = false
            jobs.append(try await engine.create(JobSpecification(kind: "room"), by: me).value)
            guard case .serving = engine.condition else {
                Issue.record("the condition is \(engine.condition)")
                break
            }
        }
        #expect(jobs == (1...UInt64(jobs.count)).map { JobID($0) })
        let live = try await digest(of: engine)
        try await engine.close()
        #expect(try verifyLog(disk).events == UInt64(jobs.count + 1))
        #expect(try await foldedDigest(disk, smallOptions()) == live)
    }

    @Test func `timers stay due while the disk is full and fire when there is room`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        try await engine.create(JobSpecification(kind: "a", runAt: Timestamp(seconds: 1005)), by: me)
        disk.isFull = true
        let created = try await fill(engine)
        #expect(isNoSpace(await engineError { try await engine.advance(by: .seconds(10)) }))
        disk.isFull = false
        try await engine.advance(by: .seconds(10))
        #expect(try await engine.inspect { state in state.readyCount }.value == created.count + 1)
        try await engine.close()
        let due = try storedEvents(disk).filter { if case .jobDue = $0.body { true } else { false } }
        #expect(due.map(\.time) == [Timestamp(seconds: 1005)])
    }

    @Test func `a log opened on a full disk is read at once and written when there is room`() async throws {
        let disk = FaultyDisk()
        let first = try await Engine.open(disk, smallOptions())
        disk.isFull = true
        let jobs = try await fill(first)
        try await first.close()
        let second = try await Engine.open(disk, smallOptions())
        await second.jobs.caughtUp(to: UInt64(jobs.count) + 1)
        #expect(await second.jobs.count == jobs.count)
        #expect(isNoSpace(await engineError { try await second.create(JobSpecification(kind: "b"), by: me) }))
        #expect(second.durableSequence == UInt64(jobs.count) + 1)
        disk.isFull = false
        let next = try await second.create(JobSpecification(kind: "b"), by: me)
        #expect(next.value == JobID(UInt64(jobs.count) + 1))
        // The epoch's own event comes before it.
        #expect(next.sequence == UInt64(jobs.count) + 3)
        try await second.close()
        #expect(try verifyLog(disk).lastSequence == next.sequence)
    }

    @Test func `an engine that is opened on a full disk says so before anybody asks it for something`()
        async throws
    {
        let disk = FaultyDisk()
        let first = try await Engine.open(disk, smallOptions())
        disk.isFull = true
        _ = try await fill(first)
        try await first.close()
        let second = try await Engine.open(disk, smallOptions())
        guard case .waitingForSpace = second.condition else {
            Issue.record("the condition is \(second.condition)")
            return
        }
        try await second.close()
    }

    @Test(.timeLimit(.minutes(1)))
    func `an engine that nobody asks for anything says by itself that the disk has room again`() async throws
    {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        disk.isFull = true
        _ = try await fill(engine)
        disk.isFull = false
        while case .waitingForSpace = engine.condition { await Task.yield() }
        guard case .serving = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        try await engine.close()
    }

    @Test func `an engine that never had room closes without a trace`() async throws {
        let disk = FaultyDisk()
        let first = try await Engine.open(disk, smallOptions())
        disk.isFull = true
        _ = try await fill(first)
        try await first.close()
        let before = try storedEvents(disk)
        let second = try await Engine.open(disk, smallOptions())
        try await second.close()
        #expect(try storedEvents(disk) == before)
        disk.isFull = false
        let third = try await Engine.open(disk, smallOptions())
        #expect(third.opening.lastSequence == UInt64(before.count))
        try await third.close()
    }

    /// The ways in which a worker may send one.
    enum Heartbeat: CaseIterable, Sendable {
        case alone, together, each

        func send(_ token: LeaseToken, to engine: Engine) async throws {
            let member = CommandGroup.Member(.heartbeat(token, nil))
            switch self {
            case .alone: try await engine.heartbeat(token, by: me)
            case .together: try await engine.submit(together: [member], by: me)
            case .each: _ = try await engine.submit(each: [member], by: me)[0].get()
            }
        }
    }

    @Test(arguments: Heartbeat.allCases)
    func `heartbeats count while the disk is full, so no healthy worker loses its job`(heartbeat: Heartbeat)
        async throws
    {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let job = JobSpecification(kind: "a", timeouts: Timeouts(lease: .seconds(30)))
        let created = try await engine.create(job, by: me).value
        let lease = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0]
        disk.isFull = true
        _ = try await fill(engine)
        for _ in 1...6 {
            // Nothing is due: the clock gets on though the disk is full.
            try await engine.advance(by: .seconds(15))
            #expect(isNoSpace(await engineError { try await heartbeat.send(lease.token, to: engine) }))
        }
        disk.isFull = false
        try await engine.advance(by: .seconds(15))
        try await engine.complete(.lease(lease.token), by: me)
        #expect(try await engine.inspect { $0.outcome(of: created)?.state }.value == .succeeded)
        try await engine.close()
    }
}
