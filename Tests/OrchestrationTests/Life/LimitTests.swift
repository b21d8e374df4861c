import Orchestration
import Testing

/// I5: what queues, keys, rates, workers and pauses let through.
struct LimitTests {
    private func core(_ queue: QueueSpecification, jobs: Int = 0) throws -> CoreFixture {
        var core = try CoreFixture()
        try core.run(.configureQueue(queue))
        for _ in 0..<jobs { _ = try core.create() }
        return core
    }

    @Test
    func `queue concurrency: as many run as may, in one dispatch or in several, over restarts too`() throws {
        var core = try core(QueueSpecification(name: "default", concurrency: 3), jobs: 9)
        #expect(try core.dispatch(DispatchRequest(worker: "v", max: 2)).count == 2)
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 9))
        #expect(leases.count == 1)
        try core.refold()
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).isEmpty)
        #expect(core.refusal(.start(JobID(9), worker: "w", lease: nil)) == .limitReached(queue: "default"))
        try core.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).count == 1)
    }

    @Test
    func `a queue at its limit is in nobody's way`() throws {
        var core = try core(QueueSpecification(name: "default", concurrency: 1), jobs: 3)
        let other = try core.create(JobSpecification(kind: "a", queue: "other"))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == [JobID(1), other])
    }

    @Test
    func `key concurrency: a key at its limit is passed over, the others go on`() throws {
        var core = try core(QueueSpecification(name: "default", keyConcurrency: 1))
        for key in ["x", "x", "y", nil, nil] {
            _ = try core.create(JobSpecification(kind: "a", concurrencyKey: key.map { Name($0) }))
        }
        let jobs = try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job.rawValue)
        #expect(jobs == [1, 3, 4, 5])
        #expect(core.refusal(.start(JobID(2), worker: "w", lease: nil)) == .limitReached(queue: "default"))
        #expect(core.state.queue("default")?.runningByKey == ["x": 1, "y": 1])
        try core.run(.complete(.job(JobID(1)), result: Payload()))
        #expect(try core.lease().job == JobID(2))
    }

    @Test(arguments: [(UInt32(3), UInt32(1)), (3, 5), (7, 2), (1, 1)])
    func `rate: exact counts over intervals, and never more than the burst at once`(
        starts: UInt32,
        burst: UInt32
    ) throws {
        let rate = Rate(starts, per: .seconds(10), burst: burst)
        var core = try core(QueueSpecification(name: "default", rate: rate), jobs: 200)
        let request = DispatchRequest(worker: "w", max: 100)
        #expect(try core.dispatch(request).count == Int(burst))
        var moments: [Timestamp] = []
        for _ in 0..<1000 {
            core.now = core.now + .milliseconds(100)
            for _ in try core.dispatch(request) { moments.append(core.now) }
        }
        // A token each interval ÷ starts; the last may be a nanosecond, and so a step, late.
        #expect((Int(starts) * 10 - 1...Int(starts) * 10).contains(moments.count))
        for (first, last) in zip(moments, moments.dropFirst(Int(starts))) {
            #expect((last - first).nanoseconds >= TimeSpan.seconds(10).nanoseconds - 100_000_000)
        }
        core.now = core.now + .seconds(1000)
        #expect(try core.dispatch(request).count == Int(burst))
    }

    @Test
    func `a queue without a token says when it has one, and gives then`() throws {
        let rate = Rate(1, per: .seconds(10))
        var core = try core(QueueSpecification(name: "default", rate: rate), jobs: 3)
        _ = try core.lease()
        let refill = try #require(core.state.nextRefill(after: .zero))
        #expect(refill == core.now + .seconds(10))
        core.now = refill + TimeSpan(nanoseconds: -1)
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        core.now = refill
        #expect(try core.dispatch(DispatchRequest(worker: "w")).count == 1)
    }

    @Test
    func `queue, pause: takes and gives nothing; resume: gives; drain: takes nothing and gives`() throws {
        var core = try core(QueueSpecification(name: "default"), jobs: 2)
        try core.run(.setQueueStatus(name: "default", .paused))
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        #expect(try core.dispatch(DispatchRequest(worker: "w", queues: ["default"])).isEmpty)
        _ = try core.create()
        try core.run(.setQueueStatus(name: "default", .open))
        #expect(try core.dispatch(DispatchRequest(worker: "w")).count == 1)
        try core.run(.setQueueStatus(name: "default", .draining))
        for command in [Command.create, Command.suggest] {
            #expect(core.refusal(command(JobSpecification(kind: "a"))) == .queueDraining("default"))
        }
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).count == 2)
        let events = core.log.count
        try core.run(.setQueueStatus(name: "default", .draining))
        #expect(core.log.count == events)
        #expect(core.refusal(.setQueueStatus(name: "none", .paused)) == .queueUnknown("none"))
    }

    @Test
    func `worker slots: no more than it registered; drained: nothing more, and told so`() throws {
        var core = try core(QueueSpecification(name: "default"), jobs: 9)
        try core.run(.registerWorker(WorkerSpecification(name: "w", slots: 2)))
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 9))
        #expect(leases.count == 2)
        #expect(core.state.worker("w")?.running == 2)
        #expect(core.refusal(.start(JobID(9), worker: "w", lease: nil)) == .workerIsFull("w"))
        try core.run(.drainWorker(name: "w"))
        try core.run(.release(.lease(leases[0].token)))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).isEmpty)
        guard case .heartbeat(let reply) = try core.run(.heartbeat(leases[1].token, nil)) else {
            throw Surprise.answer
        }
        #expect(reply.isDraining)
        try core.run(.registerWorker(WorkerSpecification(name: "w", slots: 3)))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).count == 2)
        #expect(core.refusal(.drainWorker(name: "x")) == .workerNotFound("x"))
    }

    @Test
    func `a worker gets only the kinds and queues that it registered for`() throws {
        var core = try CoreFixture()
        for (queue, kind) in [("x", "a"), ("x", "b"), ("y", "a")] {
            _ = try core.create(JobSpecification(kind: Name(kind), queue: Name(queue)))
        }
        let worker = WorkerSpecification(name: "w", slots: 9, queues: ["x"], kinds: ["a"])
        try core.run(.registerWorker(worker))
        #expect(try core.dispatch(DispatchRequest(worker: "w", queues: ["y"])).isEmpty)
        #expect(try core.dispatch(DispatchRequest(worker: "w", kinds: ["b"])).isEmpty)
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == [JobID(1)])
    }

    @Test
    func `ready, start: running, directed, with a lease of its own length`() throws {
        var core = try core(QueueSpecification(name: "default"), jobs: 2)
        guard case .leases(let leases) = try core.run(.start(JobID(2), worker: "w", lease: .seconds(500)))
        else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(2)])
        #expect(leases[0].deadline == core.now + .seconds(500))
        guard case .jobDispatched(let event)? = core.log.last?.body else { throw Surprise.answer }
        #expect(event.policy == .directed)
        #expect(event.candidates == 1)
        let refused = Refusal.wrongState(JobID(2), .running, needs: [.ready])
        #expect(core.refusal(.start(JobID(2), worker: "w", lease: nil)) == refused)
        let pinned = try core.create(JobSpecification(kind: "a", requirements: Requirements(machine: "m")))
        #expect(
            core.refusal(.start(pinned, worker: "w", lease: nil)) == .noCapacity(pinned, machine: "m")
        )
    }

    @Test
    func `what an old rate gave out is no debt under another one`() throws {
        let slow = QueueSpecification(name: "default", rate: Rate(1, per: .seconds(3600)))
        var core = try core(slow, jobs: 5)
        _ = try core.lease()
        let fast = QueueSpecification(name: "default", rate: Rate(10, per: .seconds(1), burst: 2))
        try core.run(.configureQueue(fast))
        #expect(try core.dispatch(DispatchRequest(worker: "w")).isEmpty)
        core.now = core.now + .milliseconds(100)
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 5)).count == 1)
        try core.run(.configureQueue(QueueSpecification(name: "default")))
        #expect(try core.dispatch(DispatchRequest(worker: "w")).count == 1)
        try core.run(.configureQueue(fast))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 5)).count == 2)
    }
}
