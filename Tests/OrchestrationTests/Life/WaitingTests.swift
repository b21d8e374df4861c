import Orchestration
import Testing

/// waiting: hold, unhold, update; run-at, snooze, release, expiry.
struct WaitingTests {
    @Test
    func `waiting, hold: updated, kept from dispatch; unhold: given again`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        try bench.run(.hold([job]))
        #expect(bench.newest(1) == ["jobUpdated"])
        #expect(bench.state[job]?.isHeld == true)
        #expect(try bench.dispatch(DispatchRequest(worker: "w")).isEmpty)
        #expect(bench.state.readyCount == 0)
        #expect(bench.refusal(.start(job, worker: "w", lease: nil)) == .held(job))
        let events = bench.log.count
        try bench.run(.hold([job]))
        #expect(bench.log.count == events)
        try bench.run(.unhold([job]))
        #expect(try bench.lease().job == job)
    }

    @Test
    func `a scheduled job that is held becomes due and stays held`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(JobSpecification(kind: "a", runAt: bench.now + .seconds(5)))
        try bench.run(.hold([job]))
        #expect(try bench.elapse(.seconds(5)).map(name) == ["jobDue"])
        #expect(try bench.dispatch(DispatchRequest(worker: "w")).isEmpty)
        try bench.run(.cancel([job]))
        #expect(bench.state(of: job) == .cancelled)
    }

    @Test
    func `proposed, running and ended jobs can't be held`() throws {
        var bench = try CoreFixture()
        let running = try bench.create()
        _ = try bench.lease()
        let proposed = try bench.suggest()
        let needs: [JobState] = [.blocked, .scheduled, .ready]
        #expect(bench.refusal(.hold([running])) == .wrongState(running, .running, needs: needs))
        #expect(bench.refusal(.hold([proposed])) == .wrongState(proposed, .proposed, needs: needs))
        let ended = try bench.dead()
        #expect(bench.refusal(.unhold([ended])) == .alreadyEnded(ended, .dead))
        #expect(bench.refusal(.hold([JobID(99)])) == .notFound(JobID(99)))
    }

    @Test
    func `waiting, update: a new priority is a new place in the order`() throws {
        var bench = try CoreFixture()
        let first = try bench.create()
        let second = try bench.create()
        try bench.run(.update(second, JobChange(priority: 3, tags: ["hot"])))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [second, first])
        #expect(bench.state[second]?.specification.tags == ["hot"])
    }

    @Test
    func `waiting, update of runAt: ready becomes scheduled, scheduled becomes ready`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        try bench.run(.update(job, JobChange(runAt: bench.now + .seconds(9))))
        #expect(bench.state[job]?.state == .scheduled)
        #expect(bench.state[job]?.due == bench.now + .seconds(9))
        try bench.run(.update(job, JobChange(runAt: bench.now + .seconds(3))))
        #expect(bench.state[job]?.due == bench.now + .seconds(3))
        try bench.run(.update(job, JobChange(runAt: bench.now)))
        #expect(bench.state[job]?.state == .ready)
    }

    @Test
    func `update with another expectedVersion: versionConflict`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let version = try #require(bench.state[job]).lastSequence
        let context = CommandContext(actor: "a", expectedVersion: version)
        try bench.run(.update(job, JobChange(priority: 1)), context)
        let refusal = Refusal.versionConflict(job, expected: version, actual: version + 1)
        #expect(bench.refusal(.update(job, JobChange(priority: 2)), context) == refusal)
    }

    @Test
    func `update of a running job: attributes only; of nothing: invalid; of an ended one: alreadyEnded`()
        throws
    {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        try bench.run(.update(job, JobChange(attributes: ["note": "x"])))
        #expect(bench.state[job]?.specification.attributes == ["note": "x"])
        let needs: [JobState] = [.blocked, .scheduled, .ready]
        #expect(
            bench.refusal(.update(job, JobChange(priority: 1))) == .wrongState(job, .running, needs: needs)
        )
        guard case .invalid("change", _) = bench.refusal(.update(job, JobChange())) else {
            throw Surprise.answer
        }
        try bench.run(.complete(.job(job), result: Payload()))
        #expect(bench.refusal(.update(job, JobChange(priority: 1))) == .alreadyEnded(job, .succeeded))
    }

    @Test
    func `update to more than the pinned machine has is refused`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 100)))
        let job = try bench.create()
        let change = JobChange(requirements: Requirements(cpuMillis: 101, machine: "m"))
        guard case .invalid("requirements.cpuMillis", _) = bench.refusal(.update(job, change)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `running, snooze: scheduled, the attempt not counted, then due`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(
            JobSpecification(kind: "a", retry: RetryPolicy(maxAttempts: 1, maxCrashes: 0))
        )
        for _ in 0..<5 {
            let lease = try bench.lease()
            #expect(lease.attempt == 1)
            try bench.run(.snooze(.lease(lease.token), for: .seconds(100)))
            #expect(bench.newest(1) == ["jobSnoozed"])
            #expect(bench.state[job]?.attempts == 0)
            #expect(
                bench.refusal(.complete(.lease(lease.token), result: Payload())) == .leaseLost(lease.token)
            )
            #expect(try bench.elapse(.seconds(99)).isEmpty)
            #expect(try bench.elapse(.seconds(1)).map(name) == ["jobDue"])
        }
        guard case .invalid("span", _) = bench.refusal(.snooze(.job(job), for: .zero)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `running, release: ready at its old place, the attempt not counted`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let other = try bench.create()
        let lease = try bench.lease()
        try bench.run(.release(.lease(lease.token)))
        #expect(bench.newest(1) == ["jobReleased"])
        #expect(bench.state[job]?.attempts == 0)
        #expect(bench.refusal(.release(.lease(lease.token))) == .leaseLost(lease.token))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [job, other])
    }

    @Test
    func `running and told to stop, snooze or release: cancelled`() throws {
        var bench = try CoreFixture()
        for command in [Command.snooze(.job(JobID(1)), for: .seconds(1)), .release(.job(JobID(2)))] {
            let job = try bench.create()
            _ = try bench.lease()
            try bench.run(.cancel([job]))
            try bench.run(command)
            #expect(bench.newest(1) == ["jobCancelled"])
            #expect(bench.state.outcome(of: job)?.reason == .cancelled)
        }
    }

    @Test
    func `blocked, its time is over: expired`() throws {
        var bench = try CoreFixture()
        let parent = try bench.create()
        let expiresAt = bench.now + .seconds(4)
        let job = try bench.create(JobSpecification(kind: "a", expiresAt: expiresAt, after: [parent]))
        #expect(try bench.elapse(.seconds(4)).map(\.body) == [.jobExpired(job)])
    }

    @Test
    func `a job whose run-at and end have both passed is expired, not given`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(
            JobSpecification(kind: "a", runAt: bench.now + .seconds(5), expiresAt: bench.now + .seconds(7))
        )
        #expect(try bench.elapse(.seconds(9)).map(\.body) == [.jobExpired(job)])
    }
}
