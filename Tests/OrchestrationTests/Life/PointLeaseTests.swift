import Orchestration
import Testing

/// A job whose curve keeps coming is alive.
struct PointLeaseTests {
    private func points(_ job: JobID) -> Command {
        .addPoints(job, series: "loss", points: [Point(step: 1, time: .zero, value: 1)])
    }

    @Test
    func `points extend the lease as a heartbeat does, in every replay too`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        for _ in 0..<5 {
            #expect(try core.elapse(.seconds(50)).isEmpty)
            try core.run(points(job))
            #expect(core.state[job]?.deadline == core.now + .seconds(60))
            try core.refold()
        }
        #expect(try core.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
    }

    @Test
    func `points never shorten what a heartbeat gave`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let lease = try core.lease()
        core.now = core.now + .seconds(30)
        try core.run(.heartbeat(lease.token, nil))
        try core.run(points(job))
        #expect(core.state[job]?.deadline == core.now + .seconds(60))
        #expect(core.state[job]?.lastHeartbeat == core.now)
    }

    @Test
    func `a job that was told to stop gains no time by points`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        try core.run(.cancel([job]))
        core.now = core.now + .seconds(59)
        try core.run(points(job))
        #expect(try core.elapse(.seconds(1)).map(name) == ["jobCancelled"])
    }

    @Test
    func `points between availability let a lease be re-armed for ever`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        for epoch in UInt64(2)...9 {
            core.now = core.now + .seconds(59)
            try core.refold()
            try core.open(epoch: epoch)
            try core.run(points(job))
        }
        #expect(core.state[job]?.state == .running)
    }

    @Test
    func `a lease carries the trace in which its job was created, or redriven`() throws {
        var core = try CoreFixture()
        try core.run(
            .create(JobSpecification(kind: "a", retry: RetryPolicy(maxAttempts: 1))),
            CommandContext(actor: "tester", traceparent: "00-1-2-01")
        )
        try core.refold()
        let lease = try core.lease()
        #expect(lease.traceparent == "00-1-2-01")
        try core.run(.fail(.lease(lease.token), Failure(type: "io")))
        try core.redrive(lease.job)
        #expect(try core.lease().traceparent == nil)
    }
}
