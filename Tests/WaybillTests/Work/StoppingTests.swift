import EventLog
import ServiceLifecycle
import TestSupport
import Testing
import Waybill

/// How a worker ends: gracefully, at once, or with its engine; never with a lease left behind.
@Suite(.timeLimit(.minutes(1)))
struct StoppingTests {
    private func group(_ worker: JobWorker, _ fixture: EngineFixture) -> ServiceGroup {
        ServiceGroup(configuration: .init(services: [worker], logger: fixture.options.logger))
    }

    @Test func `a graceful shutdown takes nothing more and lets what runs come to its end`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let services = group(
            fixture.worker(slots: 2) { _ in
                try await door.pass()
                return Payload()
            },
            fixture
        )
        let run = Task { try await services.run() }
        await door.reached()
        await services.triggerGracefulShutdown()
        await fixture.clock.sleeper(until: .seconds(10))
        let late = try await fixture.create()
        door.open()
        try await run.value
        #expect(await fixture.state(of: job) == .succeeded)
        #expect(await fixture.state(of: late) == .ready)
        try await fixture.engine.close()
    }

    @Test func `what isn't done when the grace is over is cancelled and given back uncounted`() async throws {
        let fixture = try await EngineFixture()
        let jobs = [try await fixture.create(), try await fixture.create()]
        let door = Latch()
        let services = group(
            fixture.worker(slots: 2) { job in
                do { try await door.pass() } catch {
                    // Not every call that is cancelled says so by its error.
                    throw job.id == jobs[0] ? error : JobFailure(type: "connection closed")
                }
                return Payload()
            },
            fixture
        )
        let run = Task { try await services.run() }
        await door.reached(by: 2)
        await services.triggerGracefulShutdown()
        await fixture.clock.sleeper(until: .seconds(10))
        #expect(try await fixture.leaseCount() == 2)
        fixture.clock.advance(by: .seconds(10))
        try await run.value
        #expect(try await fixture.leaseCount() == 0)
        for job in jobs {
            let left = try await fixture.job(job)
            #expect(left?.state == .ready && left?.attempts == 0 && left?.failures == 0)
        }
        try await fixture.engine.close()
    }

    @Test func `a worker whose task is cancelled gives back at once what it has`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            try await door.pass()
            return Payload()
        }
        try await fixture.running(worker) { await door.reached() }
        let left = try await fixture.job(job)
        #expect(left?.state == .ready && left?.attempts == 0)
        #expect(try await fixture.leaseCount() == 0)
        try await fixture.engine.close()
    }

    @Test func `a worker that is told to end before it began does nothing`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let worker = fixture.worker { _ in Payload() }
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await worker.run()
        }
        try await run.value
        #expect(await fixture.state(of: job) == .ready)
        try await fixture.engine.close()
    }

    @Test func `a final failure counts in a worker that stops`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            do { try await door.pass() } catch { throw JobFailure(type: "broken", isRetryable: false) }
            return Payload()
        }
        try await fixture.running(worker) { await door.reached() }
        #expect(await fixture.state(of: job) == .dead)
        try await fixture.engine.close()
    }

    @Test func `a closed engine ends its workers, and says so`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create()
        let door = Latch()
        let worker = fixture.worker(slots: 2) { _ in
            try await door.pass()
            return Payload()
        }
        let run = Task { try await worker.run() }
        await door.reached()
        try await fixture.engine.close()
        guard case .closed = await engineError({ try await run.value }) else {
            Issue.record("the worker's end is \(await run.result)")
            return
        }
    }

    @Test func `a failed log ends the worker with the error of who can't know`() async throws {
        let disk = FaultyDisk()
        let fixture = try await EngineFixture(disk)
        try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            try await door.pass()
            return Payload()
        }
        let run = Task { try await worker.run() }
        await door.reached()
        disk.failSyncs()
        door.open()
        guard case .outcomeUnknown = await engineError({ try await run.value }) else {
            Issue.record("the worker's end is \(await run.result)")
            return
        }
    }

    @Test func `an outcome that finds no room is told when there is some`() async throws {
        let disk = FaultyDisk()
        let fixture = try await EngineFixture(disk)
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            try await door.pass()
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached()
            disk.isFull = true
            while await engineError({ try await fixture.create() }) == nil {}
            door.open()
            await fixture.clock.sleeper(until: .milliseconds(50))
            fixture.clock.advance(by: .milliseconds(50))
            await fixture.clock.sleeper(until: .milliseconds(150))
            disk.isFull = false
            fixture.clock.advance(by: .milliseconds(100))
            try await fixture.event { if case .jobSucceeded(job, _, _) = $0 { true } else { false } }
        }
        try await fixture.engine.close()
    }

    @Test func `a lease is kept until its closure has returned, though the worker was told to stop`()
        async throws
    {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            // Deaf to the cancellation of its task.
            try await Task { try await door.pass() }.value
            return Payload()
        }
        let run = Task { try await worker.run() }
        await door.reached()
        run.cancel()
        await fixture.clock.sleeper(until: .seconds(20))
        try await fixture.engine.advance(by: .seconds(50))
        fixture.clock.advance(by: .seconds(20))
        await fixture.clock.sleeper(until: .seconds(40))
        #expect(try await fixture.job(job)?.deadline == Timestamp(seconds: 1110))
        door.open()
        try await run.value
        #expect(await fixture.state(of: job) == .succeeded)
        try await fixture.engine.close()
    }

    @Test func `a worker that stops waits for room no longer than its lease lasts`() async throws {
        let disk = FaultyDisk()
        let fixture = try await EngineFixture(disk)
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            try await door.pass()
            return Payload()
        }
        let run = Task { try await worker.run() }
        await door.reached()
        disk.isFull = true
        while await engineError({ try await fixture.create() }) == nil {}
        run.cancel()
        await fixture.clock.sleeper(until: .milliseconds(50))
        fixture.clock.advance(by: .seconds(60))
        try await run.value
        disk.isFull = false
        try await fixture.engine.advance(by: .seconds(60))
        #expect(try await fixture.job(job)?.crashes == 1)
        try await fixture.engine.close()
    }

    @Test func `a worker that the engine refuses says why`() async throws {
        let fixture = try await EngineFixture()
        let worker = fixture.engine.worker(named: "", options: fixture.options) { _ in Payload() }
        let reason = await refusal { try await worker.run() }
        #expect(reason == .invalid(field: "name", problem: "must not be empty"))
        try await fixture.engine.close()
    }

    /// Closures that return, fail, snooze or don't care for cancellation, and an end somewhere among their events.
    @Test(arguments: 0..<40)
    func `a worker that ends at any moment leaves no lease and counts nothing twice`(seed: Int) async throws {
        let fixture = try await EngineFixture()
        for _ in 1...20 { try await fixture.create() }
        let worker = fixture.worker(slots: 1 + seed % 5) { job in
            for _ in 0..<(Int(job.id.rawValue) * 7 + seed) % 11 { await Task.yield() }
            switch (Int(job.id.rawValue) + seed) % 5 {
            case 0: throw JobFailure(type: "no")
            case 1: throw Snooze(for: .seconds(1))
            case 2: try Task.checkCancellation()
            case 3: try? await job.progress(0.5)
            default: break
            }
            return Payload()
        }
        let services = group(worker, fixture)
        let run = Task { try await services.run() }
        let last = UInt64(25 + seed)
        for try await events in try fixture.engine.events() {
            if events.contains(where: { $0.sequence >= last }) { break }
        }
        if seed % 2 == 0 { await services.triggerGracefulShutdown() } else { run.cancel() }
        _ = await run.result
        #expect(try await fixture.leaseCount() == 0)
        for id in 1...20 as ClosedRange<UInt64> {
            guard let job = try await fixture.job(JobID(id)) else { continue }
            #expect(job.attempts == job.failures && job.crashes == 0, "job \(id) is \(job)")
        }
        try await fixture.engine.close()
    }
}
