import Orchestration
import Testing

@testable import struct Orchestration.Backoff

/// Fencing, retries, crashes and what a restart does to leases.
struct LeaseTests {
    @Test
    func `a token is worth nothing once its lease expired and the job runs again`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let stale = try bench.lease(worker: "slow")
        #expect(try bench.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
        try bench.elapse(.seconds(2))
        let fresh = try bench.lease(worker: "fast")
        #expect(fresh.job == job)
        #expect(fresh.token > stale.token)
        #expect(fresh.attempt == 2)
        #expect(bench.refusal(.complete(.lease(stale.token), result: Payload())) == .leaseLost(stale.token))
        #expect(bench.refusal(.fail(.lease(stale.token), Failure(type: "x"))) == .leaseLost(stale.token))
        let other = LeaseToken(epoch: 2, counter: fresh.token.counter)
        #expect(bench.refusal(.complete(.lease(other), result: Payload())) == .leaseLost(other))
        try bench.run(.complete(.lease(fresh.token), result: Payload()))
    }

    @Test
    func `failures are retried until the attempts are used up`() throws {
        var bench = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 3, base: .seconds(10), factor: 3, cap: .seconds(25), jitter: 0)
        let job = try bench.create(JobSpecification(kind: "a", retry: retry))
        for delay: Int64 in [10, 25] {
            let lease = try bench.lease()
            try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
            #expect(bench.newest(2) == ["attemptFailed", "jobRetried"])
            #expect(bench.log.suffix(1).first?.cause == bench.state.lastSequence - 1)
            #expect(bench.state[job]?.due == bench.now + .seconds(delay))
            try bench.elapse(.seconds(delay))
        }
        let last = try bench.lease()
        try bench.run(.fail(.lease(last.token), Failure(type: "io")))
        #expect(bench.newest(2) == ["attemptFailed", "jobDied"])
        #expect(bench.state.outcome(of: job)?.state == .dead)
    }

    @Test(arguments: [Failure(type: "io", isRetryable: false), Failure(type: "fatal")])
    func `a failure that is not retryable ends the job`(failure: Failure) throws {
        var bench = try CoreFixture()
        _ = try bench.create(JobSpecification(kind: "a", retry: RetryPolicy(nonRetryable: ["fatal"])))
        let lease = try bench.lease()
        try bench.run(.fail(.lease(lease.token), failure))
        #expect(bench.newest(2) == ["attemptFailed", "jobDied"])
    }

    @Test
    func `crashes have a cap of their own`() throws {
        var bench = try CoreFixture()
        let once = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try bench.create(JobSpecification(kind: "a", retry: once))
        _ = try bench.lease()
        #expect(try bench.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobDied"])
        #expect(bench.state.outcome(of: job)?.state == .dead)
    }

    @Test
    func `a retried job keeps its place in the order`() throws {
        var bench = try CoreFixture()
        let first = try bench.create()
        let lease = try bench.lease()
        let second = try bench.create()
        try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
        try bench.elapse(.seconds(1))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [first, second])
    }

    @Test
    func `an opening re-arms a live lease three times in a row`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        for epoch: UInt64 in 2...5 {
            bench.now = bench.now + .seconds(50)
            try bench.open(epoch: epoch)
            let rearmed = bench.state[job]?.deadline == bench.now + .seconds(60)
            #expect(rearmed == (epoch <= 4))
        }
        #expect(try bench.elapse(.seconds(10)).map(name) == ["leaseExpired", "jobRetried"])
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
            var bench = try CoreFixture()
            _ = try bench.create(
                JobSpecification(kind: "a", retry: RetryPolicy(base: .seconds(10), jitter: 0.5))
            )
            let lease = try bench.lease()
            bench.entropy = entropy
            try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
            guard case .jobRetried(let retry) = bench.log.last?.body else { throw Surprise.answer }
            #expect(retry.backoff == .seconds(10))
            #expect(retry.jitter >= .zero)
            #expect(retry.jitter <= .seconds(5))
            #expect(
                retry.due == bench.now
                    + TimeSpan(nanoseconds: retry.backoff.nanoseconds - retry.jitter.nanoseconds)
            )
            dues.insert(retry.due)
        }
        #expect(dues.count == 8)
    }

    @Test
    func `due timers come oldest first and at most as many as asked for`() throws {
        var bench = try CoreFixture()
        for seconds: Int64 in [3, 1, 2] {
            _ = try bench.create(JobSpecification(kind: "a", runAt: bench.now + .seconds(seconds)))
        }
        var events: [Event] = []
        bench.state.decideDue(at: bench.now + .seconds(5), entropy: 0, limit: 2, into: &events)
        #expect(events.map(\.body) == [.jobDue(JobID(2)), .jobDue(JobID(3))])
    }

    @Test
    func `time in events never goes back`() throws {
        var bench = try CoreFixture()
        let latest = bench.now
        bench.now = Timestamp(seconds: 5)
        _ = try bench.create()
        #expect(bench.log.last?.time == latest)
    }
}
