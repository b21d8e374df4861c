import Orchestration
import Testing

/// A job whose curve keeps coming is alive.
struct PointLeaseTests {
    private func points(_ job: JobID) -> Command {
        .addPoints(job, series: "loss", points: [Point(step: 1, time: .zero, value: 1)])
    }

    @Test
    func `points extend the lease as a heartbeat does, in every replay too`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        for _ in 0..<5 {
            #expect(try bench.elapse(.seconds(50)).isEmpty)
            try bench.run(points(job))
            #expect(bench.state[job]?.deadline == bench.now + .seconds(60))
            try bench.refold()
        }
        #expect(try bench.elapse(.seconds(60)).map(name) == ["leaseExpired", "jobRetried"])
    }

    @Test
    func `points never shorten what a heartbeat gave`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let lease = try bench.lease()
        bench.now = bench.now + .seconds(30)
        try bench.run(.heartbeat(lease.token, nil))
        try bench.run(points(job))
        #expect(bench.state[job]?.deadline == bench.now + .seconds(60))
        #expect(bench.state[job]?.lastHeartbeat == bench.now)
    }

    @Test
    func `a job that was told to stop gains no time by points`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        try bench.run(.cancel([job]))
        bench.now = bench.now + .seconds(59)
        try bench.run(points(job))
        #expect(try bench.elapse(.seconds(1)).map(name) == ["jobCancelled"])
    }

    @Test
    func `points between availability let a lease be re-armed for ever`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        for epoch in UInt64(2)...9 {
            bench.now = bench.now + .seconds(59)
            try bench.refold()
            try bench.open(epoch: epoch)
            try bench.run(points(job))
        }
        #expect(bench.state[job]?.state == .running)
    }

    @Test
    func `a lease carries the trace in which its job was created, or redriven`() throws {
        var bench = try CoreFixture()
        try bench.run(
            .create(JobSpecification(kind: "a", retry: RetryPolicy(maxAttempts: 1))),
            CommandContext(actor: "tester", traceparent: "00-1-2-01")
        )
        try bench.refold()
        let lease = try bench.lease()
        #expect(lease.traceparent == "00-1-2-01")
        try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
        try bench.redrive(lease.job)
        #expect(try bench.lease().traceparent == nil)
    }
}
