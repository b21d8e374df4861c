import Testing
import Waybill

/// Requests for work that wait, under a clock that stands until it is moved.
struct WaitingTests {
    /// Asks for work, and comes back when the request is known to wait: its intake entry was taken before one that
    /// came later.
    private func ask(_ engine: Engine, _ request: DispatchRequest) async throws -> Task<[Lease], any Error> {
        let before = try await engine.waitingDispatches()
        let task = Task { try await engine.dispatch(request, by: me).value }
        while try await engine.waitingDispatches() == before { await Task.yield() }
        return task
    }

    private func request(_ worker: Name = "w", queues: [Name] = [], wait: TimeSpan = .seconds(60))
        -> DispatchRequest
    {
        DispatchRequest(worker: worker, queues: queues, wait: wait)
    }

    @Test func `the commit that makes a job ready gives it to who waits, in the same batch`() async throws {
        let disk = try await Engine.inMemory(options: smallOptions())
        let asked = try await ask(disk, request())
        let created = try await disk.create(JobSpecification(kind: "a"), by: me)
        let leases = try await asked.value
        #expect(leases.map(\.job) == [created.value])
        let events = try await subscribed(disk, through: 3)
        #expect(events.map(\.sequence) == [1, 2, 3])
        #expect(try await disk.inspect { $0.holder(of: leases[0].token)?.worker }.value == "w")
        try await disk.close()
    }

    @Test func `who waits longest is served first, and each only by what it asked for`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let other = try await ask(engine, request("other", queues: ["q2"]))
        let first = try await ask(engine, request("first", queues: ["q1"]))
        let second = try await ask(engine, request("second", queues: ["q1"]))
        for queue: Name in ["q1", "q1", "q2"] {
            try await engine.create(JobSpecification(kind: "a", queue: queue), by: me)
        }
        #expect(try await first.value.map(\.job) == [JobID(1)])
        #expect(try await second.value.map(\.job) == [JobID(2)])
        #expect(try await other.value.map(\.job) == [JobID(3)])
        try await engine.close()
    }

    @Test func `a wait that is over is answered with nothing, at its own time`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let asked = try await ask(engine, request(wait: .seconds(5)))
        try await engine.advance(by: .seconds(4))
        #expect(try await engine.waitingDispatches() == 1)
        try await engine.advance(by: .seconds(1))
        #expect(try await asked.value.isEmpty)
        try await engine.close()
    }

    @Test func `a timer, a token, an end of a job and a resumed queue each wake who waits`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let later = JobSpecification(kind: "a", runAt: Timestamp(seconds: 1010))
        try await engine.create(later, by: me)
        let byTimer = try await ask(engine, request())
        try await engine.advance(by: .seconds(10))
        #expect(try await byTimer.value.map(\.job) == [JobID(1)])

        try await engine.configure(QueueSpecification(name: "slow", rate: Rate(1, per: .seconds(30))), by: me)
        try await engine.create(
            [JobSpecification](repeating: .init(kind: "a", queue: "slow"), count: 2),
            by: me
        )
        #expect(try await engine.dispatch(request(queues: ["slow"]), by: me).value.count == 1)
        let byToken = try await ask(engine, request(queues: ["slow"]))
        try await engine.advance(by: .seconds(29))
        #expect(try await engine.waitingDispatches() == 1)
        try await engine.advance(by: .seconds(1))
        #expect(try await byToken.value.map(\.job) == [JobID(3)])

        try await engine.configure(QueueSpecification(name: "one", concurrency: 1), by: me)
        try await engine.create(
            [JobSpecification](repeating: .init(kind: "a", queue: "one"), count: 2),
            by: me
        )
        let held = try await engine.dispatch(request(queues: ["one"]), by: me).value
        let byEnd = try await ask(engine, request(queues: ["one"]))
        try await engine.complete(.lease(held[0].token), by: me)
        #expect(try await byEnd.value.map(\.job) == [JobID(5)])

        try await engine.create(JobSpecification(kind: "a", queue: "paused"), by: me)
        try await engine.setStatus(.paused, ofQueue: "paused", by: me)
        let byResume = try await ask(engine, request(queues: ["paused"]))
        try await engine.setStatus(.open, ofQueue: "paused", by: me)
        #expect(try await byResume.value.map(\.job) == [JobID(6)])
        try await engine.close()
    }

    @Test func `who goes away while waiting gets nothing, and nobody else loses by it`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let gone = try await ask(engine, request("gone"))
        let stays = try await ask(engine, request("stays"))
        gone.cancel()
        guard case .callerGone = await engineError({ try await gone.value }) else {
            Issue.record("a cancelled caller was answered")
            return
        }
        try await engine.create(JobSpecification(kind: "a"), by: me)
        #expect(try await stays.value.map(\.job) == [JobID(1)])
        try await engine.close()
    }

    @Test func `what is given to a caller who has gone is released at once, and not counted`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        try await engine.create(JobSpecification(kind: "a"), by: me)
        let gone = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        }
        guard case .callerGone = await engineError({ try await gone.value }) else {
            Issue.record("a cancelled caller was answered")
            return
        }
        let job = try await engine.inspect { $0[JobID(1)] }.value
        #expect(job?.state == .ready)
        #expect(job?.attempts == 0)
        try await engine.close()
    }

    @Test(arguments: [TimeSpan.zero, .seconds(60)])
    func `who asks again with a key, and goes, takes nothing from the worker that has its leases`(
        wait: TimeSpan
    )
        async throws
    {
        let engine = try await Engine.inMemory(options: smallOptions())
        try await engine.create(JobSpecification(kind: "a"), by: me)
        let keyed = CommandContext(actor: "w", idempotencyKey: "k")
        let request = request(wait: wait)
        let leases = try await engine.dispatch(request, by: keyed).value
        let gone = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await engine.dispatch(request, by: keyed).value
        }
        #expect(try await gone.value == leases)
        try await engine.complete(.lease(leases[0].token), by: me)
        try await engine.close()
    }

    @Test func `a closing engine sends home who waits`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let asked = try await ask(engine, request())
        try await engine.close()
        guard case .closed = await engineError({ try await asked.value }) else {
            Issue.record("a waiting caller wasn't told that the engine is closed")
            return
        }
    }
}
