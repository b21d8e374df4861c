import Orchestration
import Testing

/// A running job that is cancelled by force, without waiting for its worker.
struct ForcedCancellationTests {
    @Test
    func `running, cancelled by force: cancelled, and all that it held is free`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        try core.run(.registerWorker(WorkerSpecification(name: "w", slots: 1)))
        try core.run(.configureQueue(QueueSpecification(name: "default", concurrency: 1)))
        let requirements = Requirements(cpuMillis: 1000, machine: "m")
        let job = try core.create(JobSpecification(kind: "a", requirements: requirements))
        let next = try core.create(JobSpecification(kind: "a", requirements: requirements))
        let lease = try core.lease()
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        try core.run(.cancel([job], isForced: true))
        #expect(core.newest(2) == ["jobCancelRequested", "jobCancelled"])
        #expect(core.log.last?.cause == core.state.lastSequence - 1)
        #expect(core.state.outcome(of: job)?.reason == .cancelled)
        #expect(core.state.runningCount == 0)
        #expect(core.refusal(.heartbeat(lease.token, nil)) == .leaseLost(lease.token))
        #expect(core.refusal(.complete(.lease(lease.token), result: Payload())) == .leaseLost(lease.token))
        #expect(core.state.machine("m")?.leasedCPUMillis == 0)
        #expect(try core.lease().job == next)
        try core.refold()
    }

    @Test
    func `told before, cancelled by force: cancelled at once`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        try core.run(.cancel([job]))
        try core.run(.cancel([job], isForced: true))
        #expect(core.newest(2) == ["jobCancelRequested", "jobCancelled"])
        #expect(core.refusal(.cancel([job], isForced: true)) == .alreadyEnded(job, .cancelled))
    }

    @Test
    func `waiting, cancelled by force: cancelled as without it`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        try core.run(.cancel([job], isForced: true))
        #expect(core.newest(2) == ["jobCreated", "jobCancelled"])
    }

    @Test
    func `a job with tasks, cancelled by force: its running tasks are too`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2)
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 2))
        try core.run(.cancel([jobs[0]], isForced: true))
        #expect(jobs.allSatisfy { core.state(of: $0) == .cancelled })
        #expect(core.state.runningCount == 0)
        for lease in leases {
            #expect(core.refusal(.release(.lease(lease.token))) == .leaseLost(lease.token))
        }
        try core.refold()
    }

    @Test
    func `by force and without it are two commands`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        try core.run(.cancel([job]), core.keyed("k"))
        #expect(core.refusal(.cancel([job], isForced: true), core.keyed("k")) == .keyReused("k"))
    }
}
