import Orchestration
import Testing

/// What users of other orchestrators suffer from, one promise a test; numbered as in the survey behind the design.
struct PainPointTests {
    @Test(arguments: UInt64(0)..<20)
    func `F1 nothing stays running without an owner or a timer`(seed: UInt64) throws {
        var random = RandomSteps(seed: seed ^ 0xF1)
        var trial = try Trial()
        for _ in 0..<150 { try trial.play(random.next(trial.core)) }
        // Every worker is gone, and nobody asks for anything any more.
        try trial.play(.open(isServing: true, Trial.bounds))
        for _ in 0..<60 { try trial.play(.wait(.seconds(60), limit: 100)) }
        #expect(trial.core.state.runningCount == 0, "seed \(seed)")
    }

    @Test
    func `F1 recovery takes a lease and no longer`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        #expect(core.state.nextTimer == core.now + .seconds(60))
        try core.elapse(.seconds(60))
        #expect(core.state[job]?.state == .scheduled)
    }

    @Test
    func `F2 a late worker can't overwrite a job that is finished, or taken by another`() throws {
        var core = try CoreFixture()
        let job = try core.create(JobSpecification(kind: "a", retry: RetryPolicy(base: .zero)))
        let late = try core.lease(worker: "late").token
        try core.elapse(.seconds(60))
        let lease = try core.lease(worker: "fresh")
        let command = Command.complete(.lease(late), result: Payload([0]))
        #expect(core.refusal(command) == .leaseLost(late))
        #expect(core.state[job]?.worker == "fresh")
        try core.run(.complete(.lease(lease.token), result: Payload([1])))
        let events = core.log.count
        #expect(core.refusal(command) == .leaseLost(late))
        #expect(core.log.count == events)
    }

    @Test
    func `F3 a delay is a state: no length of it makes a job run twice`() throws {
        var core = try CoreFixture()
        let year = TimeSpan.seconds(365 * 24 * 3600)
        let job = try core.create(JobSpecification(kind: "a", runAt: core.now + year))
        #expect(try core.elapse(year + .seconds(-1)).isEmpty)
        #expect(core.state[job]?.state == .scheduled)
        try core.elapse(.seconds(1))
        let lease = try core.lease()
        for _ in 0..<200 {
            try core.elapse(.seconds(59))
            try core.run(.heartbeat(lease.token, nil))
            #expect(try core.dispatch(DispatchRequest(worker: "other")).isEmpty)
        }
        try core.run(.complete(.lease(lease.token), result: Payload()))
    }

    @Test
    func `F5 recovery is a fold: whatever the log holds, it holds again`() throws {
        var core = try CoreFixture()
        for index in 0..<9 {
            _ = try core.create()
            if index % 2 == 0 { _ = try core.dispatch(DispatchRequest(worker: "w")) }
            try core.refold()
        }
        #expect(core.state.runningCount == 5)
    }

    @Test
    func `F6 a rolling deploy burns no attempt: release and drain, then availability`() throws {
        var core = try CoreFixture()
        let once = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try core.create(JobSpecification(kind: "a", retry: once))
        try core.run(.registerWorker(WorkerSpecification(name: "old")))
        for epoch: UInt64 in 2..<12 {
            let lease = try core.lease(worker: "old")
            #expect(lease.attempt == 1)
            try core.run(.drainWorker(name: "old"))
            try core.run(.release(.lease(lease.token)))
            try core.open(epoch: epoch)
            try core.run(.registerWorker(WorkerSpecification(name: "old")))
        }
        #expect(core.state[job]?.state == .ready)
    }

    @Test
    func `F6 two processes of one name hold leases of their own`() throws {
        var core = try CoreFixture()
        for _ in 0..<2 { _ = try core.create() }
        let (first, second) = (try core.lease(worker: "w"), try core.lease(worker: "w"))
        try core.run(.complete(.lease(first.token), result: Payload()))
        #expect(core.state.holder(of: second.token)?.id == second.job)
    }

    @Test
    func `F10 uniqueness is decided in log order, in bulk too, and names the winner`() throws {
        var core = try CoreFixture()
        let job = JobSpecification(kind: "a", uniqueKey: "k")
        let winner = try core.create(job)
        for command in [Command.create(job), .suggest(job), .createMany([job]), .suggestMany([job])] {
            #expect(core.refusal(command) == .duplicate(of: winner))
        }
    }

    @Test
    func `F12 cancel always fits: many points and many heartbeats are no wall`() throws {
        var core = try CoreFixture(limits: CoreLimits(commandItems: 1000))
        let job = try core.create()
        let lease = try core.lease()
        let points = (0..<1000).map { Point(step: $0, time: core.now, value: 0) }
        for index in 0..<60 {
            try core.run(.addPoints(job, series: "loss", points: points))
            try core.run(.heartbeat(lease.token, JobProgress(message: "\(index)")))
        }
        #expect(core.state[job]?.series.first?.count == 60_000)
        try core.run(.cancel([job]))
        guard case .heartbeat(let reply) = try core.run(.heartbeat(lease.token, nil)) else {
            throw Surprise.answer
        }
        // Heartbeats that go on don't put off what was asked for.
        #expect(reply.isCancelRequested)
        #expect(reply.deadline == core.now + .seconds(60))
        core.now = core.now + .seconds(59)
        try core.run(.heartbeat(lease.token, nil))
        #expect(try core.elapse(.seconds(1)).map(name) == ["jobCancelled"])
    }

    @Test
    func `F12 a command is bounded where it comes in, not where it is carried out`() throws {
        let core = try CoreFixture(limits: CoreLimits(payloadBytes: 8))
        let large = JobSpecification(kind: "a", payload: [UInt8](repeating: 0, count: 9))
        #expect(core.refusal(.create(large)) == .payloadTooLarge(field: "payload", bytes: 9, limit: 8))
    }

    @Test
    func `F14 every event says who asked, why, and by which command`() throws {
        var core = try CoreFixture()
        let context = CommandContext(actor: "ann", reason: "because", traceparent: "00-1-2-01")
        try core.run(.createMany([JobSpecification(kind: "a"), JobSpecification(kind: "b")]), context)
        for event in core.log.suffix(2) {
            #expect(event.context == context)
            #expect(event.command == core.log.count - 1)
        }
    }

    @Test
    func `a second death is a dead letter as the first was`() throws {
        var core = try CoreFixture()
        let job = try core.dead()
        for _ in 0..<5 {
            try core.redrive(job)
            try core.run(.start(job, worker: "w", lease: nil))
            try core.run(.fail(.job(job), Failure(type: "fatal", isRetryable: false)))
            #expect(core.state(of: job) == .dead)
        }
    }
}
