import Orchestration
import Testing
import Waybill

/// Slots, heartbeats and what they bring, under clocks that the test moves.
@Suite(.timeLimit(.minutes(1)))
struct LeaseKeepingTests {
    @Test func `never more jobs at once than slots, and no slot stays empty`() async throws {
        let place = try await Workplace()
        for _ in 1...7 { try await place.create() }
        let door = Latch()
        let worker = place.worker(slots: 3) { _ in
            try await door.pass()
            return Payload()
        }
        try await place.running(worker) {
            await door.reached(by: 3)
            #expect(try await place.leaseCount() == 3)
            #expect(door.arrivals == 3)
            door.open()
            try await place.event { if case .jobSucceeded(JobID(7), _, _) = $0 { true } else { false } }
        }
        let registered = try await place.engine.inspect { $0.worker("w") }.value
        #expect(registered?.specification == WorkerSpecification(name: "w", slots: 3))
        #expect(try await place.leaseCount() == 0)
        try await place.engine.close()
    }

    @Test func `a worker takes its queues' and kinds' jobs only`() async throws {
        let place = try await Workplace()
        let other = try await place.create(kind: "other") { $0.queue = "q" }
        let elsewhere = try await place.create { $0.queue = "elsewhere" }
        let own = try await place.create { $0.queue = "q" }
        let worker = place.engine.worker(
            named: "w",
            queues: ["q"],
            kinds: ["a"],
            slots: 3,
            options: place.options
        ) { _ in Payload() }
        try await place.running(worker) {
            try await place.event { if case .jobSucceeded(own, _, _) = $0 { true } else { false } }
        }
        #expect(await place.state(of: other) == .ready)
        #expect(await place.state(of: elsewhere) == .ready)
        try await place.engine.close()
    }

    @Test func `heartbeats at a third of the lease keep it for as long as the job takes`() async throws {
        let place = try await Workplace()
        let job = try await place.create()
        let short = try await place.create { $0.timeouts.lease = .seconds(30) }
        let door = Latch()
        let worker = place.worker(slots: 2) { _ in
            try await door.pass()
            return Payload()
        }
        try await place.running(worker) {
            await door.reached(by: 2)
            for beat in 1...30 {
                await place.clock.sleeper(until: .seconds(10 * beat))
                try await place.engine.advance(by: .seconds(10))
                place.clock.advance(by: .seconds(10))
            }
            await place.clock.sleeper(until: .seconds(310))
            #expect(try await place.job(job)?.crashes == 0)
            #expect(try await place.job(short)?.deadline == Timestamp(seconds: 1330))
            door.open()
            try await place.event { if case .jobSucceeded(job, _, _) = $0 { true } else { false } }
            try await place.event { if case .jobSucceeded(short, _, _) = $0 { true } else { false } }
        }
        try await place.engine.close()
    }

    @Test func `a job that somebody cancels has its task cancelled at the next heartbeat`() async throws {
        let place = try await Workplace()
        let job = try await place.create()
        let door = Latch()
        let told = Journal()
        let worker = place.worker { job in
            do { try await door.pass() } catch {
                told.write("\(job.isCancelRequested) \(job.isDraining)")
                throw error
            }
            return Payload()
        }
        try await place.running(worker) {
            await door.reached()
            try await place.engine.cancel(job, by: me)
            await place.clock.sleeper(until: .seconds(20))
            place.clock.advance(by: .seconds(20))
            try await place.event { if case .jobCancelled = $0 { true } else { false } }
            let failure = Failure(type: "cancelled", message: "stopped on request")
            #expect(try await place.failure() == failure)
        }
        #expect(told.all == ["true false"])
        #expect(await place.state(of: job) == .cancelled)
        try await place.engine.close()
    }

    @Test func `a job that is done in spite of a request to cancel has succeeded`() async throws {
        let place = try await Workplace()
        let job = try await place.create()
        let door = Latch()
        let worker = place.worker { _ in
            try? await door.pass()
            return Payload()
        }
        try await place.running(worker) {
            await door.reached()
            try await place.engine.cancel(job, by: me)
            await place.clock.sleeper(until: .seconds(20))
            place.clock.advance(by: .seconds(20))
            try await place.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        try await place.engine.close()
    }

    @Test func `a lost lease cancels the task, and what it makes is dropped`() async throws {
        let place = try await Workplace()
        let job = try await place.create()
        let door = Latch()
        let ends = Journal()
        let worker = place.worker { job in
            do { try await door.pass() } catch { ends.write("cancelled in attempt \(job.attempt)") }
            return Payload(Array("from \(job.attempt)".utf8))
        }
        try await place.running(worker) {
            await door.reached()
            await place.clock.sleeper(until: .seconds(20))
            // The machine slept: the engine's clock went on, and the worker's did not.
            try await place.engine.advance(by: .seconds(60))
            try await place.engine.advance(by: .seconds(5))
            #expect(await place.state(of: job) == .ready)
            place.clock.advance(by: .seconds(20))
            await door.reached(by: 2)
            #expect(ends.all == ["cancelled in attempt 1"])
            #expect(await place.state(of: job) == .running)
            door.open()
            let event = try await place.event { if case .jobSucceeded = $0 { true } else { false } }
            guard case .jobSucceeded(_, _, Payload(Array("from 2".utf8))) = event.body else {
                Issue.record("the end is \(event.body)")
                return
            }
        }
        try await place.engine.close()
    }

    @Test func `progress and points are recorded, and progress is a heartbeat`() async throws {
        let place = try await Workplace()
        try await place.create()
        let door = Latch()
        let worker = place.worker { job in
            try await job.progress(0.5, message: "half")
            try await job.addPoints([Point(step: 1, time: .zero, value: 2)], to: "loss")
            let error = await engineError { try await job.progress(1.5) }
            guard case .refused(.invalid(field: "progress.fraction", _)) = error else {
                throw JobFailure(type: "taken")
            }
            try await door.pass()
            return Payload()
        }
        try await place.running(worker) {
            await door.reached()
            let progress = JobProgress(fraction: 0.5, message: "half")
            try await place.event { if case .jobProgressed(_, _, progress) = $0 { true } else { false } }
            try await place.event { if case .pointsAdded(_, "loss", _) = $0 { true } else { false } }
            door.open()
            try await place.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        try await place.engine.close()
    }

    @Test func `a drained worker takes nothing until it is registered anew`() async throws {
        let place = try await Workplace()
        let first = try await place.create()
        let door = Latch()
        let drained = Journal()
        let worker = place.worker { job in
            try await door.pass()
            drained.write("\(job.isDraining)")
            return Payload()
        }
        try await place.running(worker) {
            await door.reached()
            try await place.engine.drain(worker: "w", by: me)
            await place.clock.sleeper(until: .seconds(20))
            place.clock.advance(by: .seconds(20))
            await place.clock.sleeper(until: .seconds(40))
            let second = try await place.create()
            door.open()
            try await place.event { if case .jobSucceeded(first, _, _) = $0 { true } else { false } }
            #expect(await place.state(of: second) == .ready)
            try await place.engine.register(WorkerSpecification(name: "w"), by: me)
            try await place.event { if case .jobSucceeded(second, _, _) = $0 { true } else { false } }
        }
        #expect(drained.all == ["true", "false"])
        try await place.engine.close()
    }
}
