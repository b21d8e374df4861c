import Orchestration
import Testing

/// Order, lanes and capacity.
struct DispatchTests {
    @Test
    func `the highest priority goes first, then the oldest, over all lanes`() throws {
        var bench = try CoreFixture()
        let low = try bench.create(JobSpecification(kind: "a", queue: "x", priority: -1))
        let old = try bench.create(JobSpecification(kind: "b", queue: "y"))
        let new = try bench.create(JobSpecification(kind: "a", queue: "x"))
        let high = try bench.create(JobSpecification(kind: "c", queue: "z", priority: 5))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == [high, old, new, low])
    }

    @Test
    func `only the queues and kinds asked for are taken, and counted as candidates`() throws {
        var bench = try CoreFixture()
        for (queue, kind) in [("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")] {
            _ = try bench.create(JobSpecification(kind: kind, queue: queue))
        }
        let one = try bench.dispatch(DispatchRequest(worker: "w", queues: ["y", "y"], kinds: ["b"], max: 9))
        #expect(one.map(\.job) == [JobID(4)])
        let kind = try bench.dispatch(DispatchRequest(worker: "w", kinds: ["a"], max: 1))
        #expect(kind.map(\.job) == [JobID(1)])
        guard case .jobDispatched(let lease) = bench.log.last?.body else { throw Surprise.answer }
        #expect(lease.candidates == 2)
        #expect(lease.worker == "w")
        #expect(lease.policy == .priority)
        #expect(try bench.dispatch(DispatchRequest(worker: "w", queues: ["none"])).isEmpty)
    }

    @Test
    func `one dispatch counts the cpu that it hands out itself`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 2500)))
        for _ in 0..<4 { _ = try bench.create(needing(1000)) }
        let request = DispatchRequest(worker: "w", max: 4, machine: "m")
        let first = try bench.dispatch(request)
        #expect(first.map(\.job) == [JobID(1), JobID(2)])
        #expect(bench.state.machine("m")?.leasedCPUMillis == 2000)
        try bench.run(.complete(.lease(first[0].token), result: Payload()))
        #expect(try bench.dispatch(request).map(\.job) == [JobID(3)])
    }

    @Test
    func `the head waits until it fits, and nothing behind it is taken`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try bench.create(needing(800))
        let big = try bench.create(needing(900))
        _ = try bench.create(needing(1))
        let request = DispatchRequest(worker: "w", max: 9, machine: "m")
        let first = try bench.dispatch(request)
        #expect(first.count == 1)
        #expect(try bench.dispatch(request).isEmpty)
        try bench.run(.complete(.lease(first[0].token), result: Payload()))
        #expect(try bench.dispatch(request).map(\.job) == [big, JobID(3)])
    }

    @Test
    func `a pinned job is charged to its machine and waits for it as head`() throws {
        var bench = try CoreFixture()
        for name in ["m", "n"] {
            try bench.run(.registerMachine(MachineSpecification(name: name, cpuMillis: 1000)))
        }
        var pinned = needing(500)
        pinned.requirements.machine = "m"
        _ = try bench.create(pinned)
        #expect(try bench.dispatch(DispatchRequest(worker: "w", machine: "n")).isEmpty)
        let lease = try #require(try bench.dispatch(DispatchRequest(worker: "w")).first)
        #expect(lease.machine == "m")
        #expect(bench.state.machine("m")?.leasedCPUMillis == 500)
        pinned.requirements.cpuMillis = 1001
        #expect(bench.refusal(.create(pinned)) != nil)
    }

    @Test(arguments: [MachineStatus.cordoned, .maintenance])
    func `a machine that is not available takes nothing`(status: MachineStatus) throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try bench.create()
        try bench.run(.setMachineStatus(name: "m", status))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", machine: "m")).isEmpty)
        let elsewhere = DispatchRequest(worker: "w", machine: "unknown")
        #expect(bench.refusal(.dispatch(elsewhere)) == .machineNotFound("unknown"))
        try bench.run(.setMachineStatus(name: "m", .available))
        #expect(try bench.dispatch(DispatchRequest(worker: "w", machine: "m")).count == 1)
        #expect(bench.refusal(.setMachineStatus(name: "x", status)) == .machineNotFound("x"))
    }

    @Test
    func `a machine's capacity can't fall below what is leased`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        _ = try bench.create(needing(600))
        _ = try bench.dispatch(DispatchRequest(worker: "w", machine: "m"))
        #expect(bench.refusal(.registerMachine(MachineSpecification(name: "m", cpuMillis: 599))) != nil)
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 600)))
    }

    @Test
    func `links lead from each event to the one before of job, worker and machine`() throws {
        var bench = try CoreFixture()
        try bench.run(.registerMachine(MachineSpecification(name: "m", cpuMillis: 1000)))
        for _ in 0..<2 { _ = try bench.create() }
        let leases = try bench.dispatch(DispatchRequest(worker: "w", max: 2, machine: "m"))
        try bench.run(.completeMany(leases.map { Completion(.lease($0.token)) }))
        let links = bench.log.suffix(4).map(\.links)
        #expect(links.map(\.job) == [3, 4, 5, 6])
        #expect(links.map(\.worker) == [0, 5, 6, 7])
        #expect(links.map(\.machine) == [2, 5, 6, 7])
        #expect(bench.state.lastSequence(ofWorker: "w") == 8)
    }

    private func needing(_ cpuMillis: UInt64) -> JobSpecification {
        JobSpecification(kind: "a", requirements: Requirements(cpuMillis: cpuMillis))
    }
}
