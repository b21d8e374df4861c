import Orchestration
import Testing

/// What users of other orchestrators suffer from, one promise a test; numbered as in the survey behind the design.
struct PainPointTests {
    @Test(arguments: UInt64(0)..<20)
    func `F1 nothing stays running without an owner or a timer`(seed: UInt64) throws {
        var random = RandomSteps(seed: seed ^ 0xF1)
        var trial = try Trial()
        for _ in 0..<150 { try trial.play(random.next(trial.bench)) }
        // Every worker is gone, and nobody asks for anything any more.
        try trial.play(.open(isServing: true, Trial.bounds))
        for _ in 0..<60 { try trial.play(.wait(.seconds(60), limit: 100)) }
        #expect(trial.bench.state.runningCount == 0, "seed \(seed)")
    }

    @Test
    func `F1 recovery takes a lease and no longer`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        #expect(bench.state.nextTimer == bench.now + .seconds(60))
        try bench.elapse(.seconds(60))
        #expect(bench.state[job]?.state == .scheduled)
    }

    @Test
    func `F2 a late worker can't overwrite a job that is finished, or taken by another`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(JobSpecification(kind: "a", retry: RetryPolicy(base: .zero)))
        let late = try bench.lease(worker: "late").token
        try bench.elapse(.seconds(60))
        let lease = try bench.lease(worker: "fresh")
        let command = Command.complete(.lease(late), result: Payload([0]))
        #expect(bench.refusal(command) == .leaseLost(late))
        #expect(bench.state[job]?.worker == "fresh")
        try bench.run(.complete(.lease(lease.token), result: Payload([1])))
        let events = bench.log.count
        #expect(bench.refusal(command) == .leaseLost(late))
        #expect(bench.log.count == events)
    }

    @Test
    func `F3 a delay is a state: no length of it makes a job run twice`() throws {
        var bench = try CoreFixture()
        let year = TimeSpan.seconds(365 * 24 * 3600)
        let job = try bench.create(JobSpecification(kind: "a", runAt: bench.now + year))
        #expect(try bench.elapse(year + .seconds(-1)).isEmpty)
        #expect(bench.state[job]?.state == .scheduled)
        try bench.elapse(.seconds(1))
        let lease = try bench.lease()
        for _ in 0..<200 {
            try bench.elapse(.seconds(59))
            try bench.run(.heartbeat(lease.token, nil))
            #expect(try bench.dispatch(DispatchRequest(worker: "other")).isEmpty)
        }
        try bench.run(.complete(.lease(lease.token), result: Payload()))
    }

    @Test
    func `F5 recovery is a fold: whatever the log holds, it holds again`() throws {
        var bench = try CoreFixture()
        for index in 0..<9 {
            _ = try bench.create()
            if index % 2 == 0 { _ = try bench.dispatch(DispatchRequest(worker: "w")) }
            try bench.refold()
        }
        #expect(bench.state.runningCount == 5)
    }

    @Test
    func `F6 a rolling deploy burns no attempt: release and drain, then availability`() throws {
        var bench = try CoreFixture()
        let once = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try bench.create(JobSpecification(kind: "a", retry: once))
        try bench.run(.registerWorker(WorkerSpecification(name: "old")))
        for epoch: UInt64 in 2..<12 {
            let lease = try bench.lease(worker: "old")
            #expect(lease.attempt == 1)
            try bench.run(.drainWorker(name: "old"))
            try bench.run(.release(.lease(lease.token)))
            try bench.open(epoch: epoch)
            try bench.run(.registerWorker(WorkerSpecification(name: "old")))
        }
        #expect(bench.state[job]?.state == .ready)
    }

    @Test
    func `F6 two processes of one name hold leases of their own`() throws {
        var bench = try CoreFixture()
        for _ in 0..<2 { _ = try bench.create() }
        let (first, second) = (try bench.lease(worker: "w"), try bench.lease(worker: "w"))
        try bench.run(.complete(.lease(first.token), result: Payload()))
        #expect(bench.state.holder(of: second.token)?.id == second.job)
    }

    @Test
    func `F10 uniqueness is decided in log order, in bulk too, and names the winner`() throws {
        var bench = try CoreFixture()
        let job = JobSpecification(kind: "a", uniqueKey: "k")
        let winner = try bench.create(job)
        for command in [Command.create(job), .suggest(job), .createMany([job]), .suggestMany([job])] {
            #expect(bench.refusal(command) == .duplicate(of: winner))
        }
    }

    @Test
    func `F12 cancel always fits: many points and many heartbeats are no wall`() throws {
        var bench = try CoreFixture(limits: CoreLimits(commandItems: 1000))
        let job = try bench.create()
        let lease = try bench.lease()
        let points = (0..<1000).map { Point(step: $0, time: bench.now, value: 0) }
        for index in 0..<60 {
            try bench.run(.addPoints(job, series: "loss", points: points))
            try bench.run(.heartbeat(lease.token, JobProgress(message: "\(index)")))
        }
        #expect(bench.state[job]?.series.first?.count == 60_000)
        try bench.run(.cancel([job]))
        guard case .heartbeat(let reply) = try bench.run(.heartbeat(lease.token, nil)) else {
            throw Surprise.answer
        }
        // Heartbeats that go on don't put off what was asked for.
        #expect(reply.isCancelRequested)
        #expect(reply.deadline == bench.now + .seconds(60))
        bench.now = bench.now + .seconds(59)
        try bench.run(.heartbeat(lease.token, nil))
        #expect(try bench.elapse(.seconds(1)).map(name) == ["jobCancelled"])
    }

    @Test
    func `F12 a command is bounded where it comes in, not where it is carried out`() throws {
        let bench = try CoreFixture(limits: CoreLimits(payloadBytes: 8))
        let large = JobSpecification(kind: "a", payload: [UInt8](repeating: 0, count: 9))
        #expect(bench.refusal(.create(large)) == .payloadTooLarge(bytes: 9, limit: 8))
    }

    @Test
    func `F14 every event says who asked, why, and by which command`() throws {
        var bench = try CoreFixture()
        let context = CommandContext(actor: "ann", reason: "because", traceparent: "00-1-2-01")
        try bench.run(.createMany([JobSpecification(kind: "a"), JobSpecification(kind: "b")]), context)
        for event in bench.log.suffix(2) {
            #expect(event.context == context)
            #expect(event.command == bench.log.count - 1)
        }
    }

    @Test
    func `a second death is a dead letter as the first was`() throws {
        var bench = try CoreFixture()
        let job = try bench.dead()
        for _ in 0..<5 {
            try bench.redrive(job)
            try bench.run(.start(job, worker: "w", lease: nil))
            try bench.run(.fail(.job(job), Failure(type: "fatal", isRetryable: false)))
            #expect(bench.state(of: job) == .dead)
        }
    }
}
