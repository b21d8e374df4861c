import TestSupport
import Testing
import Waybill

/// Slots, heartbeats and what they bring, under clocks that the test moves.
@Suite(.timeLimit(.minutes(1)))
struct LeaseKeepingTests {
    @Test func `never more jobs at once than slots, and no slot stays empty`() async throws {
        let fixture = try await EngineFixture()
        for _ in 1...7 { try await fixture.create() }
        let door = Latch()
        let worker = fixture.worker(slots: 3) { _ in
            try await door.pass()
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached(by: 3)
            #expect(try await fixture.leaseCount() == 3)
            #expect(door.arrivals == 3)
            door.open()
            try await fixture.event { if case .jobSucceeded(JobID(7), _, _) = $0 { true } else { false } }
        }
        let registered = try await fixture.engine.inspect { $0.worker("w") }.value
        #expect(registered?.specification == WorkerSpecification(name: "w", slots: 3))
        #expect(try await fixture.leaseCount() == 0)
        try await fixture.engine.close()
    }

    @Test func `a worker takes its queues' and kinds' jobs only`() async throws {
        let fixture = try await EngineFixture()
        let other = try await fixture.create(kind: "other") { $0.queue = "q" }
        let elsewhere = try await fixture.create { $0.queue = "elsewhere" }
        let own = try await fixture.create { $0.queue = "q" }
        let worker = fixture.engine.worker(
            named: "w",
            queues: ["q"],
            kinds: ["a"],
            slots: 3,
            options: fixture.options
        ) { _ in Payload() }
        try await fixture.running(worker) {
            try await fixture.event { if case .jobSucceeded(own, _, _) = $0 { true } else { false } }
        }
        #expect(await fixture.state(of: other) == .ready)
        #expect(await fixture.state(of: elsewhere) == .ready)
        try await fixture.engine.close()
    }

    @Test func `heartbeats at a third of the lease keep it for as long as the job takes`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let short = try await fixture.create { $0.timeouts.lease = .seconds(30) }
        let door = Latch()
        let worker = fixture.worker(slots: 2) { _ in
            try await door.pass()
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached(by: 2)
            for beat in 1...30 {
                await fixture.clock.sleeper(until: .seconds(10 * beat))
                try await fixture.engine.advance(by: .seconds(10))
                fixture.clock.advance(by: .seconds(10))
            }
            await fixture.clock.sleeper(until: .seconds(310))
            #expect(try await fixture.job(job)?.crashes == 0)
            #expect(try await fixture.job(short)?.deadline == Timestamp(seconds: 1330))
            door.open()
            try await fixture.event { if case .jobSucceeded(job, _, _) = $0 { true } else { false } }
            try await fixture.event { if case .jobSucceeded(short, _, _) = $0 { true } else { false } }
        }
        try await fixture.engine.close()
    }

    @Test func `a job that somebody cancels has its task cancelled at the next heartbeat`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let told = Journal()
        let worker = fixture.worker { job in
            do { try await door.pass() } catch {
                told.write("\(job.isCancelRequested) \(job.isDraining)")
                throw error
            }
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached()
            try await fixture.engine.cancel(job, by: me)
            await fixture.clock.sleeper(until: .seconds(20))
            fixture.clock.advance(by: .seconds(20))
            try await fixture.event { if case .jobCancelled = $0 { true } else { false } }
            let failure = Failure(type: "cancelled", message: "stopped on request")
            #expect(try await fixture.failure() == failure)
        }
        #expect(told.all == ["true false"])
        #expect(await fixture.state(of: job) == .cancelled)
        try await fixture.engine.close()
    }

    @Test func `a job that is done in spite of a request to cancel has succeeded`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { _ in
            try? await door.pass()
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached()
            try await fixture.engine.cancel(job, by: me)
            await fixture.clock.sleeper(until: .seconds(20))
            fixture.clock.advance(by: .seconds(20))
            try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        try await fixture.engine.close()
    }

    @Test func `a lost lease cancels the task, and what it makes is dropped`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let door = Latch()
        let ends = Journal()
        let worker = fixture.worker { job in
            do { try await door.pass() } catch { ends.write("cancelled in attempt \(job.attempt)") }
            return Payload(Array("from \(job.attempt)".utf8))
        }
        try await fixture.running(worker) {
            await door.reached()
            await fixture.clock.sleeper(until: .seconds(20))
            // The machine slept: the engine's clock went on, and the worker's did not.
            try await fixture.engine.advance(by: .seconds(60))
            try await fixture.engine.advance(by: .seconds(5))
            #expect(await fixture.state(of: job) == .ready)
            fixture.clock.advance(by: .seconds(20))
            await door.reached(by: 2)
            #expect(ends.all == ["cancelled in attempt 1"])
            #expect(await fixture.state(of: job) == .running)
            door.open()
            let event = try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
            guard case .jobSucceeded(_, _, Payload(Array("from 2".utf8))) = event.body else {
                Issue.record("the end is \(event.body)")
                return
            }
        }
        try await fixture.engine.close()
    }

    @Test func `progress and points are recorded, and progress is a heartbeat`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create()
        let door = Latch()
        let worker = fixture.worker { job in
            try await job.progress(0.5, message: "half")
            try await job.addPoints([Point(step: 1, time: .zero, value: 2)], to: "loss")
            let error = await engineError { try await job.progress(1.5) }
            guard case .refused(.invalid(field: "progress.fraction", _)) = error else {
                throw JobFailure(type: "taken")
            }
            try await door.pass()
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached()
            let progress = JobProgress(fraction: 0.5, message: "half")
            try await fixture.event { if case .jobProgressed(_, _, progress) = $0 { true } else { false } }
            try await fixture.event { if case .pointsAdded(_, "loss", _) = $0 { true } else { false } }
            door.open()
            try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        try await fixture.engine.close()
    }

    @Test func `a drained worker takes nothing until it is registered anew`() async throws {
        let fixture = try await EngineFixture()
        let first = try await fixture.create()
        let door = Latch()
        let drained = Journal()
        let worker = fixture.worker { job in
            try await door.pass()
            drained.write("\(job.isDraining)")
            return Payload()
        }
        try await fixture.running(worker) {
            await door.reached()
            try await fixture.engine.drain(worker: "w", by: me)
            await fixture.clock.sleeper(until: .seconds(20))
            fixture.clock.advance(by: .seconds(20))
            await fixture.clock.sleeper(until: .seconds(40))
            let second = try await fixture.create()
            door.open()
            try await fixture.event { if case .jobSucceeded(first, _, _) = $0 { true } else { false } }
            #expect(await fixture.state(of: second) == .ready)
            try await fixture.engine.register(WorkerSpecification(name: "w"), by: me)
            try await fixture.event { if case .jobSucceeded(second, _, _) = $0 { true } else { false } }
        }
        #expect(drained.all == ["true", "false"])
        try await fixture.engine.close()
    }
}
