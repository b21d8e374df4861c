import Orchestration
import Testing

/// terminal → `job.pruned`: gone from what is shown, still in the log.
struct RetentionTests {
    private func bench(_ retention: Retention) throws -> CoreFixture {
        var bench = try CoreFixture()
        try bench.run(.configureQueue(QueueSpecification(name: "default", retention: retention)))
        return bench
    }

    @Test
    func `terminal, retention is over: pruned, each outcome after its own time`() throws {
        var bench = try bench(
            Retention(succeeded: .seconds(10), dead: .seconds(30), cancelled: .seconds(20))
        )
        let succeeded = try bench.succeeded()
        let dead = try bench.dead()
        let cancelled = try bench.create()
        try bench.run(.cancel([cancelled]))
        for (seconds, job): (Int64, JobID) in [(10, succeeded), (10, cancelled), (10, dead)] {
            #expect(try bench.elapse(.seconds(seconds - 1)).isEmpty)
            #expect(bench.state(of: job) != nil)
            #expect(try bench.elapse(.seconds(1)).map(\.body) == [.jobPruned(job)])
            #expect(bench.state(of: job) == nil)
            #expect(bench.state.lastSequence(of: job) == nil)
        }
        #expect(bench.state.jobCount == 3)
        #expect(bench.state.nextTimer == nil)
    }

    @Test
    func `without retention a finished job is kept`() throws {
        var bench = try bench(Retention(dead: .seconds(1)))
        let job = try bench.succeeded()
        #expect(try bench.elapse(.seconds(1_000_000)).isEmpty)
        #expect(bench.state(of: job) == .succeeded)
    }

    @Test
    func `a redriven job is not pruned for its first end`() throws {
        var bench = try bench(Retention(dead: .seconds(30)))
        let job = try bench.dead()
        try bench.elapse(.seconds(20))
        try bench.redrive(job)
        #expect(bench.state.nextTimer == nil)
        #expect(try bench.elapse(.seconds(20)).isEmpty)
        #expect(bench.state(of: job) == .ready)
    }

    /// Its two ends would each have pruned it, and the second pruning is an event that can't follow.
    @Test(arguments: [Int64(100), 1])
    func `a job that died twice and was discarded is pruned once, by its second death`(tick: Int64) throws {
        var bench = try bench(Retention(dead: .seconds(30)))
        let other = try bench.dead()
        try bench.elapse(.seconds(1))
        let job = try bench.dead()
        try bench.elapse(.seconds(9))
        try bench.redrive(job)
        try bench.run(.start(job, worker: "w", lease: nil))
        try bench.run(.fail(.job(job), Failure(type: "fatal", isRetryable: false)))
        try bench.run(.discard([job]))
        var written: [Event] = []
        for _ in 0..<(100 / tick) { written += try bench.elapse(.seconds(tick)) }
        #expect(written.map(\.body) == [.jobPruned(other), .jobPruned(job)])
        #expect(tick > 1 || written.last?.time == bench.now + .seconds(-70))
    }

    @Test
    func `terminal, prune: pruned by hand, all or none`() throws {
        var bench = try CoreFixture()
        let jobs = [try bench.succeeded(), try bench.dead(), try bench.create()]
        let refused = Refusal.wrongState(jobs[2], .ready, needs: [.succeeded, .dead, .cancelled])
        #expect(bench.refusal(.prune(jobs)) == refused)
        try bench.run(.prune([jobs[0], jobs[1]]))
        #expect(bench.newest(2) == ["jobPruned", "jobPruned"])
        #expect(bench.refusal(.prune([jobs[0]])) == .notFound(jobs[0]))
    }
}
