import Orchestration
import Testing

/// A running job that is cancelled by force, without waiting for its worker.
struct ForcedCancellationTests {
    @Test
    func `running, cancelled by force: cancelled, and all that it held is free`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        try bench.run(.registerWorker(WorkerSpecification(name: "w", slots: 1)))
        try bench.run(.configureQueue(QueueSpecification(name: "default", concurrency: 1)))
        let requirements = Requirements(cpuMillis: 1000, machine: "m")
        let job = try bench.create(JobSpecification(kind: "a", requirements: requirements))
        let next = try bench.create(JobSpecification(kind: "a", requirements: requirements))
        let lease = try bench.lease()
        #expect(try bench.dispatch(DispatchRequest(worker: "w")).isEmpty)
        try bench.run(.cancel([job], isForced: true))
        #expect(bench.newest(2) == ["jobCancelRequested", "jobCancelled"])
        #expect(bench.log.last?.cause == bench.state.lastSequence - 1)
        #expect(bench.state.outcome(of: job)?.reason == .cancelled)
        #expect(bench.state.runningCount == 0)
        #expect(bench.refusal(.heartbeat(lease.token, nil)) == .leaseLost(lease.token))
        #expect(bench.refusal(.complete(.lease(lease.token), result: Payload())) == .leaseLost(lease.token))
        #expect(bench.state.machine("m")?.leasedCPUMillis == 0)
        #expect(try bench.lease().job == next)
        try bench.refold()
    }

    @Test
    func `told before, cancelled by force: cancelled at once`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        try bench.run(.cancel([job]))
        try bench.run(.cancel([job], isForced: true))
        #expect(bench.newest(2) == ["jobCancelRequested", "jobCancelled"])
        #expect(bench.refusal(.cancel([job], isForced: true)) == .alreadyEnded(job, .cancelled))
    }

    @Test
    func `waiting, cancelled by force: cancelled as without it`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        try bench.run(.cancel([job], isForced: true))
        #expect(bench.newest(2) == ["jobCreated", "jobCancelled"])
    }

    @Test
    func `a job with tasks, cancelled by force: its running tasks are too`() throws {
        var bench = try CoreFixture()
        let jobs = try bench.family(2)
        let leases = try bench.dispatch(DispatchRequest(worker: "w", max: 2))
        try bench.run(.cancel([jobs[0]], isForced: true))
        #expect(jobs.allSatisfy { bench.state(of: $0) == .cancelled })
        #expect(bench.state.runningCount == 0)
        for lease in leases {
            #expect(bench.refusal(.release(.lease(lease.token))) == .leaseLost(lease.token))
        }
        try bench.refold()
    }

    @Test
    func `by force and without it are two commands`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        try bench.run(.cancel([job]), bench.keyed("k"))
        #expect(bench.refusal(.cancel([job], isForced: true), bench.keyed("k")) == .keyReused("k"))
    }
}
