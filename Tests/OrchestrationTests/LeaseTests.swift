import Orchestration
import Testing

@testable import struct Orchestration.Backoff

/// Fencing, retries, crashes and what a restart does to leases.
struct LeaseTests {
    @Test
    func `a token is worth nothing once its lease expired and the job runs again`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let stale = try core.lease(worker: "slow")
        #expect(try core.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
        try core.elapse(.seconds(2))
        let fresh = try core.lease(worker: "fast")
        #expect(fresh.job == job)
        #expect(fresh.token > stale.token)
        #expect(fresh.attempt == 2)
        #expect(core.refusal(.complete(.lease(stale.token), result: Payload())) == .leaseLost(stale.token))
        #expect(core.refusal(.fail(.lease(stale.token), Failure(type: "x"))) == .leaseLost(stale.token))
        let other = LeaseToken(epoch: 2, counter: fresh.token.counter)
        #expect(core.refusal(.complete(.lease(other), result: Payload())) == .leaseLost(other))
        try core.run(.complete(.lease(fresh.token), result: Payload()))
    }

    @Test
    func `failures are retried until the attempts are used up`() throws {
        var core = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 3, base: .seconds(10), factor: 3, cap: .seconds(25), jitter: 0)
        let job = try core.create(JobSpecification(kind: "a", retry: retry))
        for delay: Int64 in [10, 25] {
            let lease = try core.lease()
            try core.run(.fail(.lease(lease.token), Failure(type: "io")))
            #expect(core.newest(2) == ["attemptFailed", "jobRetried"])
            #expect(core.log.suffix(1).first?.cause == core.state.lastSequence - 1)
            #expect(core.state[job]?.due == core.now + .seconds(delay))
            try core.elapse(.seconds(delay))
        }
        let last = try core.lease()
        try core.run(.fail(.lease(last.token), Failure(type: "io")))
        #expect(core.newest(2) == ["attemptFailed", "jobDied"])
        #expect(core.state.outcome(of: job)?.state == .dead)
    }

    @Test(arguments: [Failure(type: "io", isRetryable: false), Failure(type: "fatal")])
    func `a failure that is not retryable ends the job`(failure: Failure) throws {
        var core = try CoreFixture()
        _ = try core.create(JobSpecification(kind: "a", retry: RetryPolicy(nonRetryable: ["fatal"])))
        let lease = try core.lease()
        try core.run(.fail(.lease(lease.token), failure))
        #expect(core.newest(2) == ["attemptFailed", "jobDied"])
    }

    @Test
    func `crashes have a cap of their own`() throws {
        var core = try CoreFixture()
        let once = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try core.create(JobSpecification(kind: "a", retry: once))
        _ = try core.lease()
        #expect(try core.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobDied"])
        #expect(core.state.outcome(of: job)?.state == .dead)
    }

    @Test
    func `a retried job keeps its place in the order`() throws {
        var core = try CoreFixture()
        let first = try core.create()
        let lease = try core.lease()
        let second = try core.create()
        try core.run(.fail(.lease(lease.token), Failure(type: "io")))
        try core.elapse(.seconds(1))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [first, second])
    }

    @Test
    func `an opening re-arms a live lease three times in a row`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        for epoch: UInt64 in 2...5 {
            core.now = core.now + .seconds(50)
            try core.open(epoch: epoch)
            let rearmed = core.state[job]?.deadline == core.now + .seconds(60)
            #expect(rearmed == (epoch <= 4))
        }
        #expect(try core.elapse(.seconds(10)).map(name) == ["leaseExpired", "jobRetried"])
    }

    @Test
    func `no backoff is none after any number of failures`() {
        for factor in [1, 2, 1000, .infinity] {
            for tries: UInt32 in [1, 2, 104, 1025, .max] {
                let backoff = Backoff(RetryPolicy(base: .zero, factor: factor), tries: tries, fraction: 0.5)
                #expect(backoff.delay == .zero, "\(factor), \(tries)")
            }
        }
    }

    @Test
    func `backoff stays between zero and the cap whatever the policy says`() {
        let odd = [0, 1, 2, -3, 1e300, .infinity, -.infinity, .nan]
        for factor in odd {
            for jitter in odd {
                for tries: UInt32 in [1, 2, 7, 1000, .max] {
                    let policy = RetryPolicy(
                        base: .seconds(3),
                        factor: factor,
                        cap: .seconds(40),
                        jitter: jitter
                    )
                    let backoff = Backoff(policy, tries: tries, fraction: 0.999)
                    #expect(backoff.delay >= .zero)
                    #expect(backoff.delay <= .seconds(40))
                    #expect(backoff.jitter >= .zero)
                    #expect(backoff.jitter <= backoff.delay)
                }
            }
        }
    }

    @Test
    func `jitter comes from the entropy and is recorded`() throws {
        var dues: Set<Timestamp> = []
        for entropy: UInt64 in 0..<8 {
            var core = try CoreFixture()
            _ = try core.create(
                JobSpecification(kind: "a", retry: RetryPolicy(base: .seconds(10), jitter: 0.5))
            )
            let lease = try core.lease()
            core.entropy = entropy
            try core.run(.fail(.lease(lease.token), Failure(type: "io")))
            guard case .jobRetried(let retry) = core.log.last?.body else { throw Surprise.answer }
            #expect(retry.backoff == .seconds(10))
            #expect(retry.jitter >= .zero)
            #expect(retry.jitter <= .seconds(5))
            #expect(
                retry.due == core.now
                    + TimeSpan(nanoseconds: retry.backoff.nanoseconds - retry.jitter.nanoseconds)
            )
            dues.insert(retry.due)
        }
        #expect(dues.count == 8)
    }

    @Test
    func `due timers come oldest first and at most as many as asked for`() throws {
        var core = try CoreFixture()
        for seconds: Int64 in [3, 1, 2] {
            _ = try core.create(JobSpecification(kind: "a", runAt: core.now + .seconds(seconds)))
        }
        var events: [Event] = []
        core.state.decideDue(at: core.now + .seconds(5), entropy: 0, limit: 2, into: &events)
        #expect(events.map(\.body) == [.jobDue(JobID(2)), .jobDue(JobID(3))])
    }

    @Test
    func `time in events never goes back`() throws {
        var core = try CoreFixture()
        let latest = core.now
        core.now = Timestamp(seconds: 5)
        _ = try core.create()
        #expect(core.log.last?.time == latest)
    }
}
