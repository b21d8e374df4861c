import Orchestration
import Testing

/// Order, lanes and capacity.
struct DispatchTests {
    @Test
    func `the highest priority goes first, then the oldest, over all lanes`() throws {
        var core = try CoreFixture()
        let low = try core.create(JobSpecification(kind: "a", queue: "x", priority: -1))
        let old = try core.create(JobSpecification(kind: "b", queue: "y"))
        let new = try core.create(JobSpecification(kind: "a", queue: "x"))
        let high = try core.create(JobSpecification(kind: "c", queue: "z", priority: 5))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == [high, old, new, low])
    }

    @Test
    func `only the queues and kinds asked for are taken, and counted as candidates`() throws {
        var core = try CoreFixture()
        for (queue, kind) in [("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")] {
            _ = try core.create(JobSpecification(kind: Name(kind), queue: Name(queue)))
        }
        let one = try core.dispatch(DispatchRequest(worker: "w", queues: ["y", "y"], kinds: ["b"], max: 9))
        #expect(one.map(\.job) == [JobID(4)])
        let kind = try core.dispatch(DispatchRequest(worker: "w", kinds: ["a"], max: 1))
        #expect(kind.map(\.job) == [JobID(1)])
        guard case .jobDispatched(let lease) = core.log.last?.body else { throw Surprise.answer }
        #expect(lease.candidates == 2)
        #expect(lease.worker == "w")
        #expect(lease.policy == .priority)
        #expect(try core.dispatch(DispatchRequest(worker: "w", queues: ["none"])).isEmpty)
    }

    @Test
    func `one dispatch counts the cpu that it hands out itself`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 2500)))
        for _ in 0..<4 { _ = try core.create(needing(1000)) }
        let request = DispatchRequest(worker: "w", max: 4, machine: "m")
        let first = try core.dispatch(request)
        #expect(first.map(\.job) == [JobID(1), JobID(2)])
        #expect(core.state.machine("m")?.leasedCPUMillis == 2000)
        try core.run(.complete(.lease(first[0].token), result: Payload()))
        #expect(try core.dispatch(request).map(\.job) == [JobID(3)])
    }

    @Test
    func `the head waits until it fits, and nothing behind it is taken`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try core.create(needing(800))
        let big = try core.create(needing(900))
        _ = try core.create(needing(1))
        let request = DispatchRequest(worker: "w", max: 9, machine: "m")
        let first = try core.dispatch(request)
        #expect(first.count == 1)
        #expect(try core.dispatch(request).isEmpty)
        try core.run(.complete(.lease(first[0].token), result: Payload()))
        #expect(try core.dispatch(request).map(\.job) == [big, JobID(3)])
    }

    @Test
    func `a pinned job is charged to its machine and waits for it as head`() throws {
        var core = try CoreFixture()
        for name in ["m", "n"] {
            try core.run(.registerMachine(MachineSpecification(name: Name(name), cpuMillis: 1000)))
        }
        var pinned = needing(500)
        pinned.requirements.machine = "m"
        _ = try core.create(pinned)
        #expect(try core.dispatch(DispatchRequest(worker: "w", machine: "n")).isEmpty)
        let lease = try #require(try core.dispatch(DispatchRequest(worker: "w")).first)
        #expect(lease.machine == "m")
        #expect(core.state.machine("m")?.leasedCPUMillis == 500)
        pinned.requirements.cpuMillis = 1001
        #expect(core.refusal(.create(pinned)) != nil)
    }

    @Test(arguments: [MachineStatus.cordoned, .maintenance])
    func `a machine that is not available takes nothing`(status: MachineStatus) throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try core.create()
        try core.run(.setMachineStatus(name: "m", status))
        #expect(try core.dispatch(DispatchRequest(worker: "w", machine: "m")).isEmpty)
        let elsewhere = DispatchRequest(worker: "w", machine: "unknown")
        #expect(core.refusal(.dispatch(elsewhere)) == .machineNotFound("unknown"))
        try core.run(.setMachineStatus(name: "m", .available))
        #expect(try core.dispatch(DispatchRequest(worker: "w", machine: "m")).count == 1)
        #expect(core.refusal(.setMachineStatus(name: "x", status)) == .machineNotFound("x"))
    }

    @Test
    func `a machine's capacity can't fall below what is leased`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try core.create(needing(600))
        _ = try core.dispatch(DispatchRequest(worker: "w", machine: "m"))
        #expect(core.refusal(.registerMachine(MachineSpecification(name: "m", cpuMillis: 599))) != nil)
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 600)))
    }

    @Test
    func `links lead from each event to the one before of job, worker and machine`() throws {
        var core = try CoreFixture()
        try core.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        for _ in 0..<2 { _ = try core.create() }
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 2, machine: "m"))
        try core.run(.completeMany(leases.map { Completion(.lease($0.token)) }))
        let links = core.log.suffix(4).map(\.links)
        #expect(links.map(\.job) == [3, 4, 5, 6])
        #expect(links.map(\.worker) == [0, 5, 6, 7])
        #expect(links.map(\.machine) == [2, 5, 6, 7])
        #expect(core.state.lastSequence(ofWorker: "w") == 8)
    }

    private func needing(_ cpuMillis: UInt64) -> JobSpecification {
        JobSpecification(kind: "a", requirements: Requirements(cpuMillis: cpuMillis))
    }
}
