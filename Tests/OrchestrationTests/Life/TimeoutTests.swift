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
        var bench = try CoreFixture()
        let id = try bench.create(job(Timeouts(lease: .seconds(10), run: .seconds(25))))
        let lease = try bench.lease()
        for _ in 0..<4 {
            #expect(try bench.elapse(.seconds(6)).isEmpty)
            try bench.run(.heartbeat(lease.token, nil))
        }
        #expect(try bench.elapse(.seconds(1)).map(name) == ["attemptFailed", "jobRetried", "jobDue"])
        #expect(bench.state[id]?.failures == 1)
        #expect(bench.state[id]?.crashes == 0)
        #expect(bench.state[id]?.state == .ready)
    }

    @Test
    func `running, total timeout: dead, however many attempts are left`() throws {
        var bench = try CoreFixture()
        let id = try bench.create(job(Timeouts(lease: .seconds(100), total: .seconds(30))))
        try bench.elapse(.seconds(20))
        _ = try bench.lease()
        #expect(try bench.elapse(.seconds(9)).isEmpty)
        #expect(try bench.elapse(.seconds(1)).map(name) == ["attemptFailed", "jobDied"])
        #expect(bench.state(of: id) == .dead)
    }

    @Test
    func `waiting, total timeout: expired`() throws {
        var bench = try CoreFixture()
        let id = try bench.create(job(Timeouts(total: .seconds(30))))
        #expect(try bench.elapse(.seconds(30)).map(name) == ["jobExpired"])
        #expect(bench.state.outcome(of: id)?.reason == .expired)
    }

    @Test
    func `the total time counts from the approval, and a proposed job doesn't use it up`() throws {
        var bench = try CoreFixture()
        let id = try bench.suggest(job(Timeouts(total: .seconds(30))))
        #expect(try bench.elapse(.seconds(100)).isEmpty)
        try bench.run(.approve([id]))
        #expect(try bench.elapse(.seconds(29)).isEmpty)
        #expect(try bench.elapse(.seconds(1)).map(name) == ["jobExpired"])
    }

    @Test
    func `a retry that would come after the total time is not made`() throws {
        var bench = try CoreFixture()
        let id = try bench.create(
            job(Timeouts(total: .seconds(30)), RetryPolicy(base: .seconds(30), jitter: 0))
        )
        let lease = try bench.lease()
        try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
        #expect(bench.newest(2) == ["attemptFailed", "jobDied"])
        #expect(bench.state(of: id) == .dead)
    }

    @Test
    func `running, fail with retryAfter: scheduled for then, without jitter`() throws {
        var bench = try CoreFixture()
        let id = try bench.create()
        let lease = try bench.lease()
        try bench.run(.fail(.lease(lease.token), Failure(type: "io", retryAfter: .seconds(77))))
        #expect(bench.state[id]?.due == bench.now + .seconds(77))
        let wrong = Failure(type: "io", retryAfter: .seconds(-1))
        guard case .invalid("failure.retryAfter", _) = bench.refusal(.fail(.job(id), wrong)) else {
            throw Surprise.answer
        }
    }

    @Test
    func `crashes and failures are counted against caps of their own`() throws {
        var bench = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 2, maxCrashes: 1, base: .zero, jitter: 0)
        let id = try bench.create(job(Timeouts(lease: .seconds(5)), retry))
        let first = try bench.lease()
        try bench.run(.fail(.lease(first.token), Failure(type: "io")))
        try bench.elapse()
        _ = try bench.lease()
        try bench.elapse(.seconds(5))
        #expect(bench.state[id]?.failures == 1)
        #expect(bench.state[id]?.crashes == 1)
        #expect(bench.state[id]?.attempts == 2)
        #expect(bench.state[id]?.state == .ready)
        _ = try bench.lease()
        #expect(try bench.elapse(.seconds(5)).map(name) == ["leaseExpired", "jobDied"])
    }

    @Test
    func `running, heartbeat: extends by the whole length and writes nothing`() throws {
        var bench = try CoreFixture()
        let id = try bench.create()
        let lease = try bench.lease()
        let events = bench.log.count
        let digest = canonical(bench.state)
        for _ in 0..<5 {
            #expect(try bench.elapse(.seconds(50)).isEmpty)
            guard case .heartbeat(let reply) = try bench.run(.heartbeat(lease.token, nil)) else {
                throw Surprise.answer
            }
            #expect(reply.deadline == bench.now + .seconds(60))
            #expect(bench.state[id]?.deadline == reply.deadline)
        }
        #expect(bench.log.count == events)
        #expect(canonical(bench.state) == digest)
        #expect(try bench.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
        guard case .leaseExpired(_, _, let beat) = bench.log[events].body else { throw Surprise.answer }
        #expect(beat == bench.now + .seconds(-60))
        #expect(bench.refusal(.heartbeat(lease.token, nil)) == .leaseLost(lease.token))
    }

    @Test
    func `a heartbeat from an earlier moment takes nothing away from the lease`() throws {
        var bench = try CoreFixture()
        let id = try bench.create()
        let lease = try bench.lease()
        bench.now = bench.now + .seconds(5)
        try bench.run(.heartbeat(lease.token, nil))
        let deadline = try #require(bench.state[id]?.deadline)
        bench.now = bench.now + .seconds(-3)
        let reply = HeartbeatReply(deadline: deadline, isCancelRequested: false, isDraining: false)
        #expect(try bench.run(.heartbeat(lease.token, nil)) == .heartbeat(reply))
        #expect(bench.state[id]?.deadline == deadline)
    }

    @Test
    func `progress is recorded, and refused when it is no share`() throws {
        var bench = try CoreFixture()
        _ = try bench.create()
        let lease = try bench.lease()
        try bench.run(.heartbeat(lease.token, JobProgress(fraction: 0.5, message: "half")))
        #expect(bench.newest(1) == ["jobProgressed"])
        for fraction in [1.1, -0.1, Double.nan] {
            guard
                case .invalid("progress.fraction", _) = bench.refusal(
                    .heartbeat(lease.token, JobProgress(fraction: fraction))
                )
            else { throw Surprise.answer }
        }
    }

    @Test
    func `the first heartbeat after an opening is recorded, and gives three availability more`() throws {
        var bench = try CoreFixture()
        let id = try bench.create()
        let lease = try bench.lease()
        for epoch: UInt64 in 2...9 {
            bench.now = bench.now + .seconds(50)
            try bench.refold()
            try bench.open(epoch: epoch)
            #expect(bench.state[id]?.deadline == bench.now + .seconds(60))
            try bench.run(.heartbeat(lease.token, nil))
            #expect(bench.newest(1) == ["leaseRenewed"])
            try bench.run(.heartbeat(lease.token, nil))
            #expect(bench.newest(2) == ["engineOpened", "leaseRenewed"])
        }
    }

    @Test
    func `a process that doesn't serve re-arms nothing, and no opening extends run and total time`() throws {
        var bench = try CoreFixture()
        _ = try bench.create(job(Timeouts(lease: .seconds(60), run: .seconds(70))))
        _ = try bench.lease()
        bench.now = bench.now + .seconds(50)
        try bench.open(EngineOpened(epoch: 2, clock: .virtual, isServing: false))
        #expect(bench.state.nextTimer == bench.now + .seconds(10))
        try bench.open(epoch: 3)
        #expect(bench.state.nextTimer == bench.now + .seconds(20))
        #expect(try bench.elapse(.seconds(20)).map(name) == ["attemptFailed", "jobRetried", "jobDue"])
    }
}
