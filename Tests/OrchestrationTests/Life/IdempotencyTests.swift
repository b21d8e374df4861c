import Orchestration
import Testing

/// I7: the same key twice is the same answer, and one event.
struct IdempotencyTests {
    private let create = Command.create(JobSpecification(kind: "a", payload: [1]))

    @Test
    func `the same key and command: the same answer, one event, after a restart too`() throws {
        var bench = try CoreFixture()
        let first = try bench.run(create, bench.keyed("k"))
        let events = bench.log.count
        #expect(try bench.run(create, bench.keyed("k")) == first)
        #expect(bench.log.count == events)
        try bench.refold()
        #expect(try bench.run(create, bench.keyed("k")) == first)
        #expect(bench.log.count == events)
        // Each principal has keys of its own.
        #expect(try bench.run(create, bench.keyed("k", by: "other")) == .created(JobID(2)))
    }

    @Test
    func `the same key and another command: keyReused`() throws {
        var bench = try CoreFixture()
        try bench.run(create, bench.keyed("k"))
        let other = Command.create(JobSpecification(kind: "a", payload: [2]))
        #expect(bench.refusal(other, bench.keyed("k")) == .keyReused("k"))
        #expect(bench.refusal(.cancel([JobID(1)]), bench.keyed("k")) == .keyReused("k"))
    }

    @Test
    func `a key is free again after 24 hours of event time`() throws {
        var bench = try CoreFixture()
        try bench.run(create, bench.keyed("k"))
        bench.now = bench.now + .seconds(24 * 3600 - 1)
        #expect(try bench.run(create, bench.keyed("k")) == .created(JobID(1)))
        bench.now = bench.now + .seconds(1)
        #expect(try bench.run(create, bench.keyed("k")) == .created(JobID(2)))
        #expect(try bench.run(create, bench.keyed("k")) == .created(JobID(2)))
    }

    @Test
    func `the oldest key is forgotten first when there are too many`() throws {
        var bench = try CoreFixture()
        let bounds = IdempotencyBounds(window: .seconds(100), count: 2)
        try bench.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
        for key in ["a", "b", "c"] { try bench.run(create, bench.keyed(key)) }
        #expect(try bench.run(create, bench.keyed("b")) == .created(JobID(2)))
        #expect(try bench.run(create, bench.keyed("c")) == .created(JobID(3)))
        #expect(try bench.run(create, bench.keyed("a")) == .created(JobID(4)))
    }

    /// The key stood twice in the order of forgetting, which stopped at it for good.
    @Test
    func `a key that is used again after its window is one key, and forgotten like any other`() throws {
        func play(second key: String) throws -> CoreFixture {
            var bench = try CoreFixture()
            let bounds = IdempotencyBounds(window: .seconds(10), count: 2)
            try bench.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
            try bench.run(create, bench.keyed("a"))
            bench.now = bench.now + .seconds(10)
            try bench.run(create, bench.keyed(key))
            try bench.run(create, bench.keyed("b"))
            #expect(try bench.run(create, bench.keyed(key)) == .created(JobID(2)))
            for _ in 0..<9 {
                bench.now = bench.now + .seconds(10)
                try bench.run(create, bench.keyed("c"))
            }
            return bench
        }
        #expect(canonical(try play(second: "a").state).count == canonical(try play(second: "z").state).count)
    }

    @Test
    func `a command that wrote nothing isn't remembered`() throws {
        var bench = try CoreFixture()
        #expect(try bench.run(.dispatch(DispatchRequest(worker: "w")), bench.keyed("k")) == .leases([]))
        #expect(try bench.run(create, bench.keyed("k")) == .created(JobID(1)))
        #expect(bench.refusal(.cancel([JobID(9)]), bench.keyed("l")) == .notFound(JobID(9)))
        try bench.run(.cancel([JobID(1)]), bench.keyed("l"))
    }

    @Test
    func `a dispatch that is repeated gives the leases that still live`() throws {
        var bench = try CoreFixture()
        for _ in 0..<2 { _ = try bench.create() }
        let dispatch = Command.dispatch(DispatchRequest(worker: "w", max: 2))
        guard case .leases(let leases) = try bench.run(dispatch, bench.keyed("k")) else {
            throw Surprise.answer
        }
        #expect(try bench.run(dispatch, bench.keyed("k")) == .leases(leases))
        try bench.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try bench.run(dispatch, bench.keyed("k")) == .leases([leases[1]]))
    }

    @Test
    func `many completions that are repeated have the outcomes that they had`() throws {
        var bench = try CoreFixture(limits: CoreLimits(payloadBytes: 4))
        let job = try bench.create()
        let token = try bench.lease().token
        let large = Payload([1, 2, 3, 4, 5])
        let list = [
            Completion(.lease(token), result: large), Completion(.lease(token)), Completion(.lease(token)),
            Completion(.job(job)),
        ]
        let answer = try bench.run(.completeMany(list), bench.keyed("k"))
        let tooLarge = Refusal.payloadTooLarge(bytes: 5, limit: 4)
        #expect(answer == .outcomes([tooLarge, nil, .leaseLost(token), .alreadyEnded(job, .succeeded)]))
        #expect(try bench.run(.completeMany(list), bench.keyed("k")) == answer)
    }

    @Test
    func `a request is repeated by what it says, whatever its commands would be by then`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let request = bench.keyed("k").asking(["hold", "1"])
        #expect(try !bench.state.repeats(request, at: bench.now))
        try bench.run(.hold([job]), request)
        let events = bench.log.count
        #expect(try bench.state.repeats(request, at: bench.now))
        try bench.run(.unhold([job]), request)
        #expect(bench.log.count == events)
        let other = bench.keyed("k").asking(["unhold", "1"])
        #expect(throws: Refusal.keyReused("k")) { try bench.state.repeats(other, at: bench.now) }
        #expect(bench.refusal(.hold([job]), other) == .keyReused("k"))
    }

    @Test
    func `every kind of command that writes is repeated without a second event`() throws {
        var bench = try CoreFixture()
        let job = try bench.suggest()
        for (index, command) in [
            Command.approve([job]), .update(job, JobChange(priority: 2)), .hold([job]), .unhold([job]),
            .start(job, worker: "w", lease: nil), .release(.job(job)),
            .registerWorker(WorkerSpecification(name: "w")), .drainWorker(name: "w"),
            .configureQueue(QueueSpecification(name: "q")), .setQueueStatus(name: "q", .paused),
            .registerMachine(MachineSpecification(name: "m", cpuMillis: 1)),
            .setMachineStatus(name: "m", .cordoned), .cancel([job]), .prune([job]),
        ].enumerated() {
            let first = try bench.run(command, bench.keyed("k\(index)"))
            let events = bench.log.count
            let again = try bench.run(command, bench.keyed("k\(index)"))
            #expect(bench.log.count == events, "\(command)")
            #expect(events > index, "\(command)")
            if case .leases = first {
                #expect(again == .leases([]) || again == first)
            } else {
                #expect(again == first)
            }
        }
    }
}
