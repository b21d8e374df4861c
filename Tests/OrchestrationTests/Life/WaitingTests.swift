import Orchestration
import Testing

/// waiting: hold, unhold, update; run-at, snooze, release, expiry.
struct WaitingTests {
    @Test
    func `waiting, hold: updated, kept from dispatch; unhold: given again`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        try core.run(.hold([job]))
        #expect(core.newest(1) == ["jobUpdated"])
        #expect(core.state[job]?.isHeld == true)
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        #expect(core.state.readyCount == 0)
        #expect(core.refusal(.start(job, worker: "w", lease: nil)) == .held(job))
        let events = core.log.count
        try core.run(.hold([job]))
        #expect(core.log.count == events)
        try core.run(.unhold([job]))
        #expect(try core.lease().job == job)
    }

    @Test
    func `a scheduled job that is held becomes due and stays held`() throws {
        var core = try CoreFixture()
        let job = try core.create(JobSpecification(kind: "a", runAt: core.now + .seconds(5)))
        try core.run(.hold([job]))
        #expect(try core.elapse(.seconds(5)).map(name) == ["jobDue"])
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        try core.run(.cancel([job]))
        #expect(core.state(of: job) == .cancelled)
    }

    @Test
    func `proposed, running and ended jobs can't be held`() throws {
        var core = try CoreFixture()
        let running = try core.create()
        _ = try core.lease()
        let proposed = try core.suggest()
        let needs: [JobState] = [.blocked, .scheduled, .ready]
        #expect(core.refusal(.hold([running])) == .wrongState(running, .running, needs: needs))
        #expect(core.refusal(.hold([proposed])) == .wrongState(proposed, .proposed, needs: needs))
        let ended = try core.dead()
        #expect(core.refusal(.unhold([ended])) == .alreadyEnded(ended, .dead))
        #expect(core.refusal(.hold([JobID(99)])) == .notFound(JobID(99)))
    }

    @Test
    func `waiting, update: a new priority is a new place in the order`() throws {
        var core = try CoreFixture()
        let first = try core.create()
        let second = try core.create()
        try core.run(.update(second, JobChange(priority: 3, tags: ["hot"])))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [second, first])
        #expect(core.state[second]?.specification.tags == ["hot"])
    }

    @Test
    func `waiting, update of runAt: ready becomes scheduled, scheduled becomes ready`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        try core.run(.update(job, JobChange(runAt: core.now + .seconds(9))))
        #expect(core.state[job]?.state == .scheduled)
        #expect(core.state[job]?.due == core.now + .seconds(9))
        try core.run(.update(job, JobChange(runAt: core.now + .seconds(3))))
        #expect(core.state[job]?.due == core.now + .seconds(3))
        try core.run(.update(job, JobChange(runAt: core.now)))
        #expect(core.state[job]?.state == .ready)
    }

    @Test
    func `update with another expectedVersion: versionConflict`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let version = try #require(core.state[job]).lastSequence
        let context = CommandContext(actor: "a", expectedVersion: version)
        try core.run(.update(job, JobChange(priority: 1)), context)
        let refusal = Refusal.versionConflict(job, expected: version, actual: version + 1)
        #expect(core.refusal(.update(job, JobChange(priority: 2)), context) == refusal)
    }

    @Test
    func `update of a running job: attributes only; of nothing: invalid; of an ended one: alreadyEnded`()
        throws
    {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        try core.run(.update(job, JobChange(attributes: ["note": "x"])))
        #expect(core.state[job]?.specification.attributes == ["note": "x"])
        let needs: [JobState] = [.blocked, .scheduled, .ready]
        #expect(
            core.refusal(.update(job, JobChange(priority: 1))) == .wrongState(job, .running, needs: needs)
        )
        guard case .invalid("change", _) = core.refusal(.update(job, JobChange())) else {
            throw Surprise.answer
        }
        try core.run(.complete(.job(job), result: Payload()))
        #expect(core.refusal(.update(job, JobChange(priority: 1))) == .alreadyEnded(job, .succeeded))
    }

    @Test
    func `update to more than the pinned machine has is refused`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 100)))
        let job = try core.create()
        let change = JobChange(requirements: Requirements(cpuMillis: 101, machine: "m"))
        guard case .invalid("requirements.cpuMillis", _) = core.refusal(.update(job, change)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `running, snooze: scheduled, the attempt not counted, then due`() throws {
        var core = try CoreFixture()
        let job = try core.create(
            JobSpecification(kind: "a", retry: RetryPolicy(maxAttempts: 1, maxCrashes: 0))
        )
        for _ in 0..<5 {
            let lease = try core.lease()
            #expect(lease.attempt == 1)
            try core.run(.snooze(.lease(lease.token), for: .seconds(100)))
            #expect(core.newest(1) == ["jobSnoozed"])
            #expect(core.state[job]?.attempts == 0)
            #expect(
                core.refusal(.complete(.lease(lease.token), result: Payload())) == .leaseLost(lease.token)
            )
            #expect(try core.elapse(.seconds(99)).isEmpty)
            #expect(try core.elapse(.seconds(1)).map(name) == ["jobDue"])
        }
        guard case .invalid("span", _) = core.refusal(.snooze(.job(job), for: .zero)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `running, release: ready at its old place, the attempt not counted`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let other = try core.create()
        let lease = try core.lease()
        try core.run(.release(.lease(lease.token)))
        #expect(core.newest(1) == ["jobReleased"])
        #expect(core.state[job]?.attempts == 0)
        #expect(core.refusal(.release(.lease(lease.token))) == .leaseLost(lease.token))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [job, other])
    }

    @Test
    func `running and told to stop, snooze or release: cancelled`() throws {
        var core = try CoreFixture()
        for command in [Command.snooze(.job(JobID(1)), for: .seconds(1)), .release(.job(JobID(2)))] {
            let job = try core.create()
            _ = try core.lease()
            try core.run(.cancel([job]))
            try core.run(command)
            #expect(core.newest(1) == ["jobCancelled"])
            #expect(core.state.outcome(of: job)?.reason == .cancelled)
        }
    }

    @Test
    func `blocked, its time is over: expired`() throws {
        var core = try CoreFixture()
        let parent = try core.create()
        let expiresAt = core.now + .seconds(4)
        let job = try core.create(JobSpecification(kind: "a", expiresAt: expiresAt, after: [parent]))
        #expect(try core.elapse(.seconds(4)).map(\.body) == [.jobExpired(job)])
    }

    @Test
    func `a job whose run-at and end have both passed is expired, not given`() throws {
        var core = try CoreFixture()
        let job = try core.create(
            JobSpecification(kind: "a", runAt: core.now + .seconds(5), expiresAt: core.now + .seconds(7))
        )
        #expect(try core.elapse(.seconds(9)).map(\.body) == [.jobExpired(job)])
    }
}
