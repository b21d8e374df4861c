import EventLog
import Foundation
import TestSupport
import Testing
import Waybill

/// Each typed command with its answer, its refusals and what the read models show of it.
struct CommandTests {
    enum Place: CaseIterable { case memory, directory }

    /// Runs `body` with an engine of its own and closes it.
    func serve(_ place: Place, _ body: (Engine) async throws -> Void) async throws {
        let temporary = try TemporaryDirectory()
        let engine =
            switch place {
            case .memory: try await Engine.inMemory(options: smallOptions())
            case .directory: try await Engine.open(at: temporary.path, options: smallOptions())
            }
        try await body(engine)
        try await engine.close()
    }

    @Test(arguments: Place.allCases)
    func `a job is created, dispatched and completed`(_ place: Place) async throws {
        try await serve(place) { engine in
            let job = try await engine.create(JobSpecification(kind: "a", payload: [1, 2]), by: me)
            #expect(job.value == JobID(1))
            let leases = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            let lease = try #require(leases.value.first)
            #expect(lease.job == job.value)
            #expect(lease.specification.payload == [1, 2])
            #expect(lease.token.counter == leases.sequence)
            let done = try await engine.complete(.lease(lease.token), result: Payload([9]), by: me)
            #expect([job.sequence, leases.sequence, done.sequence] == [2, 3, 4])
            await engine.jobs.caughtUp(to: done.sequence)
            let shown = try #require(await engine.jobs[job.value])
            #expect(shown.state == .succeeded)
            #expect(shown.attempts == 1)
            #expect(shown.version == 4)
            #expect(await engine.queues["default"]?[.succeeded] == 1)
        }
    }

    @Test(arguments: Place.allCases)
    func `nothing suitable is an empty answer and no event`(_ place: Place) async throws {
        try await serve(place) { engine in
            try await engine.create(JobSpecification(kind: "a"), by: me)
            let before = engine.durableSequence
            let empty = try await engine.dispatch(DispatchRequest(worker: "w", kinds: ["b"]), by: me)
            #expect(empty.value.isEmpty)
            #expect(empty.sequence == before)
            #expect(engine.durableSequence == before)
        }
    }

    @Test(arguments: Place.allCases)
    func `several jobs are created all or none`(_ place: Place) async throws {
        try await serve(place) { engine in
            let jobs = try await engine.create(
                [JobSpecification(kind: "a"), JobSpecification(kind: "b", uniqueKey: "u")],
                by: me
            )
            #expect(jobs.value == [JobID(1), JobID(2)])
            let before = try await digest(of: engine)
            let clash = [JobSpecification(kind: "c"), JobSpecification(kind: "d", uniqueKey: "u")]
            #expect(await refusal { try await engine.create(clash, by: me) } == .duplicate(of: JobID(2)))
            #expect(try await digest(of: engine) == before)
            #expect(try await engine.create(JobSpecification(kind: "e"), by: me).value == JobID(3))
        }
    }

    @Test(arguments: Place.allCases)
    func `suggestions are approved or rejected all or none`(_ place: Place) async throws {
        try await serve(place) { engine in
            for _ in 1...4 { try await engine.suggest(JobSpecification(kind: "a", source: "model"), by: me) }
            try await engine.approve([JobID(1), JobID(2)], by: me)
            let rejected = try await engine.reject(JobID(3), by: me)
            await engine.suggestions.caughtUp(to: rejected.sequence)
            #expect(await engine.suggestions.page().map(\.id) == [JobID(4)])
            let again = await refusal { try await engine.approve([JobID(4), JobID(3)], by: me) }
            #expect(again == .alreadyDecided(JobID(3), .cancelled))
            #expect(
                await refusal { try await engine.reject([JobID(4), JobID(9)], by: me) } == .notFound(JobID(9))
            )
            await engine.jobs.caughtUp(to: engine.durableSequence)
            #expect(await engine.jobs.page().map(\.state) == [.ready, .ready, .cancelled, .proposed])
        }
    }

    @Test(arguments: Place.allCases)
    func `a failed attempt is retried until its attempts are used up`(_ place: Place) async throws {
        try await serve(place) { engine in
            var job = JobSpecification(kind: "a")
            job.retry = RetryPolicy(maxAttempts: 2, base: .seconds(10), jitter: 0)
            let id = try await engine.create(job, by: me).value
            for attempt in 1...2 {
                try await engine.advance(by: .seconds(10))
                let lease = try #require(
                    try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value.first
                )
                #expect(lease.attempt == attempt)
                let failed = try await engine.fail(.job(id), Failure(type: "io"), by: me)
                await engine.jobs.caughtUp(to: failed.sequence)
                #expect(await engine.jobs[id]?.state == (attempt == 1 ? .scheduled : .dead))
            }
            let late = await refusal { try await engine.fail(.job(id), Failure(type: "io"), by: me) }
            #expect(late == .alreadyEnded(id, .dead))
        }
    }

    @Test(arguments: Place.allCases)
    func `a waiting job is cancelled at once and a running one when it ends`(_ place: Place) async throws {
        try await serve(place) { engine in
            try await engine.create([JobSpecification(kind: "a"), JobSpecification(kind: "b")], by: me)
            _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            try await engine.cancel(JobID(1), by: me)
            try await engine.cancel(JobID(2), by: me)
            await engine.jobs.caughtUp(to: engine.durableSequence)
            #expect(await engine.jobs[JobID(1)]?.state == .running)
            #expect(await engine.jobs[JobID(2)]?.cancellation == .cancelled)
            let gone = await refusal { try await engine.cancel(JobID(2), by: me) }
            #expect(gone == .alreadyEnded(JobID(2), .cancelled))
            try await engine.fail(.job(JobID(1)), Failure(type: "stopped"), by: me)
            await engine.jobs.caughtUp(to: engine.durableSequence)
            #expect(await engine.jobs[JobID(1)]?.state == .cancelled)
        }
    }

    @Test(arguments: Place.allCases)
    func `machines take what fits them and nothing while cordoned`(_ place: Place) async throws {
        try await serve(place) { engine in
            try await engine.register(MachineSpecification(name: "m", cpuMillis: 1000), by: me)
            var job = JobSpecification(kind: "a")
            job.requirements.cpuMillis = 800
            try await engine.create([job, job], by: me)
            let request = DispatchRequest(worker: "w", max: 2, machine: "m")
            let taken = try await engine.dispatch(request, by: me)
            #expect(taken.value.map(\.machine) == ["m"])
            await engine.machines.caughtUp(to: taken.sequence)
            #expect(await engine.machines["m"]?.leasedCPUMillis == 800)
            try await engine.complete(.job(JobID(1)), by: me)
            try await engine.setStatus(.cordoned, ofMachine: "m", by: me)
            #expect(try await engine.dispatch(request, by: me).value.isEmpty)
            let unknown = await refusal { try await engine.setStatus(.available, ofMachine: "x", by: me) }
            #expect(unknown == .machineNotFound("x"))
        }
    }

    @Test(arguments: Place.allCases)
    func `points are kept as they came, also those that are no numbers`(_ place: Place) async throws {
        try await serve(place) { engine in
            let job = try await engine.create(JobSpecification(kind: "a"), by: me).value
            _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            let points = [0.5, .nan, -.infinity].enumerated().map { step, value in
                Point(step: UInt64(step), time: Timestamp(seconds: 5), value: value)
            }
            let added = try await engine.addPoints(points, to: "loss", of: job, by: me)
            await engine.series.caughtUp(to: added.sequence)
            #expect(await engine.series.points(of: job, series: "loss") == points)
            #expect(await engine.series.names(of: job) == ["loss"])
        }
    }

    @Test func `a lost lease, a wrong version and a foreign job are refused with their reason`() async throws
    {
        try await serve(.memory) { engine in
            let job = try await engine.create(JobSpecification(kind: "a"), by: me).value
            let token = LeaseToken(epoch: 1, counter: 77)
            #expect(await refusal { try await engine.complete(.lease(token), by: me) } == .leaseLost(token))
            #expect(
                await refusal { try await engine.complete(.job(job), by: me) } == .notRunning(job, .ready)
            )
            let stale = CommandContext(actor: "tester", expectedVersion: 1)
            #expect(
                await refusal { try await engine.cancel(job, by: stale) }
                    == .versionConflict(job, expected: 1, actual: 2)
            )
            #expect(await refusal { try await engine.cancel(JobID(5), by: me) } == .notFound(JobID(5)))
        }
    }

    @Test func `a group of requests is answered one by one, in order`() async throws {
        try await serve(.memory) { engine in
            let outcomes = try await engine.submit(
                each: [
                    CommandGroup.Member(.create(JobSpecification(kind: "a", uniqueKey: "u"))),
                    CommandGroup.Member(.create(JobSpecification(kind: "a", uniqueKey: "u"))),
                    CommandGroup.Member(.dispatch(DispatchRequest(worker: "w"))),
                ],
                by: me
            )
            #expect(try outcomes[0].get().value == .created(JobID(1)))
            #expect(await refusal { try outcomes[1].get() } == .duplicate(of: JobID(1)))
            guard case .leases(let leases) = try outcomes[2].get().value else {
                Issue.record("a dispatch is answered with leases")
                return
            }
            #expect(leases.map(\.job) == [JobID(1)])
        }
    }

    @Test func `each item of a bulk completion has its own outcome`() async throws {
        try await serve(.memory) { engine in
            try await engine.create(JobSpecification(kind: "a"), by: me)
            _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            let items = [Completion(.job(JobID(1))), Completion(.job(JobID(1))), Completion(.job(JobID(8)))]
            let answer = try await engine.submit(.completeMany(items), by: me).value
            #expect(answer == .outcomes([nil, .alreadyEnded(JobID(1), .succeeded), .notFound(JobID(8))]))
        }
    }

    @Test func `what was refused is counted by its name, in bulk too`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        try await engine.create([JobSpecification](repeating: .init(kind: "a"), count: 2), by: me)
        let leases = try await engine.dispatch(DispatchRequest(worker: "w", max: 2), by: me).value
        try await engine.complete(.lease(leases[0].token), by: me)
        #expect(await refusal { try await engine.complete(.lease(leases[0].token), by: me) } != nil)
        #expect(await refusal { try await engine.heartbeat(leases[0].token, by: me) } != nil)
        try await engine.complete(leases.map { Completion(.lease($0.token)) }, by: me)
        #expect(await refusal { try await engine.cancel(JobID(9), by: me) } != nil)
        #expect(engine.refusalCounts == ["leaseLost": 3, "notFound": 1])
        try await engine.close()
    }
}
