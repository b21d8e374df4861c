import Orchestration
import Testing

/// running: run and total timeouts, heartbeats, crashes against failures.
struct TimeoutTests {
    private func job(_ timeouts: Timeouts, _ retry: RetryPolicy = RetryPolicy(base: .zero, jitter: 0))
        -> JobSpecification
    {
        JobSpecification(kind: "a", retry: retry, timeouts: timeouts)
    }

    @Test
    func `running, run timeout: the attempt failed, whatever the heartbeats say`() throws {
        var core = try CoreFixture()
        let id = try core.create(job(Timeouts(lease: .seconds(10), run: .seconds(25))))
        let lease = try core.lease()
        for _ in 0..<4 {
            #expect(try core.elapse(.seconds(6)).isEmpty)
            try core.run(.heartbeat(lease.token, nil))
        }
        #expect(try core.elapse(.seconds(1)).map(name) == ["attemptFailed", "jobRetried", "jobDue"])
        #expect(core.state[id]?.failures == 1)
        #expect(core.state[id]?.crashes == 0)
        #expect(core.state[id]?.state == .ready)
    }

    @Test
    func `running, total timeout: dead, however many attempts are left`() throws {
        var core = try CoreFixture()
        let id = try core.create(job(Timeouts(lease: .seconds(100), total: .seconds(30))))
        try core.elapse(.seconds(20))
        _ = try core.lease()
        #expect(try core.elapse(.seconds(9)).isEmpty)
        #expect(try core.elapse(.seconds(1)).map(name) == ["attemptFailed", "jobDied"])
        #expect(core.state(of: id) == .dead)
    }

    @Test
    func `waiting, total timeout: expired`() throws {
        var core = try CoreFixture()
        let id = try core.create(job(Timeouts(total: .seconds(30))))
        #expect(try core.elapse(.seconds(30)).map(name) == ["jobExpired"])
        #expect(core.state.outcome(of: id)?.reason == .expired)
    }

    @Test
    func `the total time counts from the approval, and a proposed job doesn't use it up`() throws {
        var core = try CoreFixture()
        let id = try core.suggest(job(Timeouts(total: .seconds(30))))
        #expect(try core.elapse(.seconds(100)).isEmpty)
        try core.run(.approve([id]))
        #expect(try core.elapse(.seconds(29)).isEmpty)
        #expect(try core.elapse(.seconds(1)).map(name) == ["jobExpired"])
    }

    @Test
    func `a retry that would come after the total time is not made`() throws {
        var core = try CoreFixture()
        let id = try core.create(
            job(Timeouts(total: .seconds(30)), RetryPolicy(base: .seconds(30), jitter: 0))
        )
        let lease = try core.lease()
        try core.run(.fail(.lease(lease.token), Failure(type: "io")))
        #expect(core.newest(2) == ["attemptFailed", "jobDied"])
        #expect(core.state(of: id) == .dead)
    }

    @Test
    func `running, fail with retryAfter: scheduled for then, without jitter`() throws {
        var core = try CoreFixture()
        let id = try core.create()
        let lease = try core.lease()
        try core.run(.fail(.lease(lease.token), Failure(type: "io", retryAfter: .seconds(77))))
        #expect(core.state[id]?.due == core.now + .seconds(77))
        let wrong = Failure(type: "io", retryAfter: .seconds(-1))
        guard case .invalid("failure.retryAfter", _) = core.refusal(.fail(.job(id), wrong)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `crashes and failures are counted against caps of their own`() throws {
        var core = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 2, maxCrashes: 1, base: .zero, jitter: 0)
        let id = try core.create(job(Timeouts(lease: .seconds(5)), retry))
        let first = try core.lease()
        try core.run(.fail(.lease(first.token), Failure(type: "io")))
        try core.elapse()
        _ = try core.lease()
        try core.elapse(.seconds(5))
        #expect(core.state[id]?.failures == 1)
        #expect(core.state[id]?.crashes == 1)
        #expect(core.state[id]?.attempts == 2)
        #expect(core.state[id]?.state == .ready)
        _ = try core.lease()
        #expect(try core.elapse(.seconds(5)).map(name) == ["leaseExpired", "jobDied"])
    }

    @Test
    func `running, heartbeat: extends by the whole length and writes nothing`() throws {
        var core = try CoreFixture()
        let id = try core.create()
        let lease = try core.lease()
        let events = core.log.count
        let digest = canonical(core.state)
        for _ in 0..<5 {
            #expect(try core.elapse(.seconds(50)).isEmpty)
            guard case .heartbeat(let reply) = try core.run(.heartbeat(lease.token, nil)) else {
                throw Surprise.answer
            }
            #expect(reply.deadline == core.now + .seconds(60))
            #expect(core.state[id]?.deadline == reply.deadline)
        }
        #expect(core.log.count == events)
        #expect(canonical(core.state) == digest)
        #expect(try core.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
        guard case .leaseExpired(_, _, let beat) = core.log[events].body else { throw Surprise.answer }
        #expect(beat == core.now + .seconds(-60))
        #expect(core.refusal(.heartbeat(lease.token, nil)) == .leaseLost(lease.token))
    }

    @Test
    func `a heartbeat from an earlier moment takes nothing away from the lease`() throws {
        var core = try CoreFixture()
        let id = try core.create()
        let lease = try core.lease()
        core.now = core.now + .seconds(5)
        try core.run(.heartbeat(lease.token, nil))
        let deadline = try #require(core.state[id]?.deadline)
        core.now = core.now + .seconds(-3)
        let reply = HeartbeatReply(deadline: deadline, isCancelRequested: false, isDraining: false)
        #expect(try core.run(.heartbeat(lease.token, nil)) == .heartbeat(reply))
        #expect(core.state[id]?.deadline == deadline)
    }

    @Test
    func `progress is recorded, and refused when it is no share`() throws {
        var core = try CoreFixture()
        _ = try core.create()
        let lease = try core.lease()
        try core.run(.heartbeat(lease.token, JobProgress(fraction: 0.5, message: "half")))
        #expect(core.newest(1) == ["jobProgressed"])
        for fraction in [1.1, -0.1, Double.nan] {
            guard
                case .invalid("progress.fraction", _) = core.refusal(
                    .heartbeat(lease.token, JobProgress(fraction: fraction))
                )
            else { throw Surprise.answer }
        }
    }

    @Test
    func `the first heartbeat after an opening is recorded, and gives three availability more`() throws {
        var core = try CoreFixture()
        let id = try core.create()
        let lease = try core.lease()
        for epoch: UInt64 in 2...9 {
            core.now = core.now + .seconds(50)
            try core.refold()
            try core.open(epoch: epoch)
            #expect(core.state[id]?.deadline == core.now + .seconds(60))
            try core.run(.heartbeat(lease.token, nil))
            #expect(core.newest(1) == ["leaseRenewed"])
            try core.run(.heartbeat(lease.token, nil))
            #expect(core.newest(2) == ["engineOpened", "leaseRenewed"])
        }
    }

    @Test
    func `a process that doesn't serve re-arms nothing, and no opening extends run and total time`() throws {
        var core = try CoreFixture()
        _ = try core.create(job(Timeouts(lease: .seconds(60), run: .seconds(70))))
        _ = try core.lease()
        core.now = core.now + .seconds(50)
        try core.open(EngineOpened(epoch: 2, clock: .virtual, isServing: false))
        #expect(core.state.nextTimer == core.now + .seconds(10))
        try core.open(epoch: 3)
        #expect(core.state.nextTimer == core.now + .seconds(20))
        #expect(try core.elapse(.seconds(20)).map(name) == ["attemptFailed", "jobRetried", "jobDue"])
    }
}
