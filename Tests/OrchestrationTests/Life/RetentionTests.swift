import Orchestration
import Testing

/// terminal → `job.pruned`: gone from what is shown, still in the log.
struct RetentionTests {
    private func core(_ retention: Retention) throws -> CoreFixture {
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default", retention: retention)))
        return core
    }

    @Test
    func `terminal, retention is over: pruned, each outcome after its own time`() throws {
        var core = try core(
            Retention(succeeded: .seconds(10), dead: .seconds(30), cancelled: .seconds(20))
        )
        let succeeded = try core.succeeded()
        let dead = try core.dead()
        let cancelled = try core.create()
        try core.run(.cancel([cancelled]))
        for (seconds, job): (Int64, JobID) in [(10, succeeded), (10, cancelled), (10, dead)] {
            #expect(try core.elapse(.seconds(seconds - 1)).isEmpty)
            #expect(core.state(of: job) != nil)
            #expect(try core.elapse(.seconds(1)).map(\.body) == [.jobPruned(job)])
            #expect(core.state(of: job) == nil)
            #expect(core.state.lastSequence(of: job) == nil)
        }
        #expect(core.state.jobCount == 3)
        #expect(core.state.nextTimer == nil)
    }

    @Test
    func `without retention a finished job is kept`() throws {
        var core = try core(Retention(dead: .seconds(1)))
        let job = try core.succeeded()
        #expect(try core.elapse(.seconds(1_000_000)).isEmpty)
        #expect(core.state(of: job) == .succeeded)
    }

    @Test
    func `a redriven job is not pruned for its first end`() throws {
        var core = try core(Retention(dead: .seconds(30)))
        let job = try core.dead()
        try core.elapse(.seconds(20))
        try core.redrive(job)
        #expect(core.state.nextTimer == nil)
        #expect(try core.elapse(.seconds(20)).isEmpty)
        #expect(core.state(of: job) == .ready)
    }

    /// Its two ends would each have pruned it, and the second pruning is an event that can't follow.
    @Test(arguments: [Int64(100), 1])
    func `a job that died twice and was discarded is pruned once, by its second death`(tick: Int64) throws {
        var core = try core(Retention(dead: .seconds(30)))
        let other = try core.dead()
        try core.elapse(.seconds(1))
        let job = try core.dead()
        try core.elapse(.seconds(9))
        try core.redrive(job)
        try core.run(.start(job, worker: "w", lease: nil))
        try core.run(.fail(.job(job), Failure(type: "fatal", isRetryable: false)))
        try core.run(.discard([job]))
        var written: [Event] = []
        for _ in 0..<(100 / tick) { written += try core.elapse(.seconds(tick)) }
        #expect(written.map(\.body) == [.jobPruned(other), .jobPruned(job)])
        #expect(tick > 1 || written.last?.time == core.now + .seconds(-70))
    }

    @Test
    func `terminal, prune: pruned by hand, all or none`() throws {
        var core = try CoreFixture()
        let jobs = [try core.succeeded(), try core.dead(), try core.create()]
        let refused = Refusal.wrongState(jobs[2], .ready, needs: [.succeeded, .dead, .cancelled])
        #expect(core.refusal(.prune(jobs)) == refused)
        try core.run(.prune([jobs[0], jobs[1]]))
        #expect(core.newest(2) == ["jobPruned", "jobPruned"])
        #expect(core.refusal(.prune([jobs[0]])) == .notFound(jobs[0]))
    }
}
