import Orchestration
import Testing

/// I7: the same key twice is the same answer, and one event.
struct IdempotencyTests {
    private let create = Command.create(JobSpecification(kind: "a", payload: [1]))

    @Test
    func `the same key and command: the same answer, one event, after a restart too`() throws {
        var core = try CoreFixture()
        let first = try core.run(create, core.keyed("k"))
        let events = core.log.count
        #expect(try core.run(create, core.keyed("k")) == first)
        #expect(core.log.count == events)
        try core.refold()
        #expect(try core.run(create, core.keyed("k")) == first)
        #expect(core.log.count == events)
        // Each principal has keys of its own.
        #expect(try core.run(create, core.keyed("k", by: "other")) == .created(JobID(2)))
    }

    @Test
    func `the same key and another command: keyReused`() throws {
        var core = try CoreFixture()
        try core.run(create, core.keyed("k"))
        let other = Command.create(JobSpecification(kind: "a", payload: [2]))
        #expect(core.refusal(other, core.keyed("k")) == .keyReused("k"))
        #expect(core.refusal(.cancel([JobID(1)]), core.keyed("k")) == .keyReused("k"))
    }

    @Test
    func `a key is free again after 24 hours of event time`() throws {
        var core = try CoreFixture()
        try core.run(create, core.keyed("k"))
        core.now = core.now + .seconds(24 * 3600 - 1)
        #expect(try core.run(create, core.keyed("k")) == .created(JobID(1)))
        core.now = core.now + .seconds(1)
        #expect(try core.run(create, core.keyed("k")) == .created(JobID(2)))
        #expect(try core.run(create, core.keyed("k")) == .created(JobID(2)))
    }

    /// The oldest were forgotten: the same request then made a second job, and one client flushed another's keys.
    @Test
    func `when there are too many, who holds most waits for its oldest, and nothing is forgotten`() throws {
        var core = try CoreFixture()
        let bounds = IdempotencyBounds(window: .seconds(100), count: 3)
        try core.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
        for (index, key) in ["a", "b", "c"].enumerated() {
            core.now = core.now + .seconds(Int64(index))
            try core.run(create, core.keyed(Name(key)))
        }
        #expect(core.refusal(create, core.keyed("d")) == .tooManyKeys(wait: .seconds(97)))
        // Another actor has room yet; then everybody waits for somebody's oldest.
        #expect(try core.run(create, core.keyed("d", by: "other")) == .created(JobID(4)))
        #expect(core.refusal(create, core.keyed("e", by: "third")) == .tooManyKeys(wait: .seconds(97)))
        #expect(try core.run(create, core.keyed("a")) == .created(JobID(1)))
        // Neither what has no key, nor what is remembered by its lease, nor what asks for work, takes a slot.
        try core.run(create)
        let dispatch = Command.dispatch(DispatchRequest(worker: "w"))
        guard case .leases(let leases) = try core.run(dispatch, core.keyed("w")) else {
            throw Surprise.answer
        }
        try core.run(.complete(.lease(leases[0].token), result: Payload()), core.keyed("done"))
        try core.refold()
        core.now = core.now + .seconds(97)
        #expect(try core.run(create, core.keyed("d")) == .created(JobID(6)))
        #expect(core.refusal(create, core.keyed("e")) == .tooManyKeys(wait: .seconds(1)))
        try core.refold()
    }

    @Test
    func `a request for work is remembered as long as its leases, however long that is`() throws {
        var core = try CoreFixture()
        for _ in 0..<3 { _ = try core.create() }
        let dispatch = Command.dispatch(DispatchRequest(worker: "w", max: 2))
        guard case .leases(let leases) = try core.run(dispatch, core.keyed("k")) else {
            throw Surprise.answer
        }
        try core.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try core.run(dispatch, core.keyed("k")) == .leases([leases[1]]))
        try core.refold()
        #expect(core.refusal(create, core.keyed("k")) == .keyReused("k"))
        try core.run(.release(.lease(leases[1].token)))
        guard case .leases(let next) = try core.run(dispatch, core.keyed("k")) else { throw Surprise.answer }
        #expect(next.map(\.job) == [leases[1].job, JobID(3)])
        try core.refold()
    }

    @Test
    func `a command on a lease is known by its token, and leaves its key to others`() throws {
        var core = try CoreFixture()
        _ = try core.create()
        let token = try core.lease().token
        let complete = Command.complete(.lease(token), result: Payload())
        try core.run(complete, core.keyed("k"))
        #expect(core.log.last?.context.idempotencyKey == "k")
        #expect(core.refusal(complete, core.keyed("k")) == .leaseLost(token))
        try core.run(create, core.keyed("k"))
        #expect(core.refusal(complete, core.keyed("k")) == .keyReused("k"))
        try core.refold()
    }

    @Test
    func `a log of a build that forgot the oldest key folds as it did`() throws {
        var core = try CoreFixture()
        var bounds = IdempotencyBounds(window: .seconds(100), count: 2)
        bounds.forgetsOldest = true
        try core.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
        for key in ["a", "b", "c"] { try core.run(create, core.keyed(Name(key))) }
        #expect(try core.run(create, core.keyed("c")) == .created(JobID(3)))
        #expect(try core.run(create, core.keyed("a")) == .created(JobID(4)))
        try core.refold()
    }

    /// The key stood twice in the order of forgetting, which stopped at it for good.
    @Test
    func `a key that is used again after its window is one key, and forgotten like any other`() throws {
        func play(second key: String) throws -> CoreFixture {
            var core = try CoreFixture()
            let bounds = IdempotencyBounds(window: .seconds(10), count: 2)
            try core.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
            try core.run(create, core.keyed("a"))
            core.now = core.now + .seconds(10)
            try core.run(create, core.keyed(Name(key)))
            try core.run(create, core.keyed("b"))
            #expect(try core.run(create, core.keyed(Name(key))) == .created(JobID(2)))
            for _ in 0..<9 {
                core.now = core.now + .seconds(10)
                try core.run(create, core.keyed("c"))
            }
            return core
        }
        #expect(canonical(try play(second: "a").state).count == canonical(try play(second: "z").state).count)
    }

    @Test
    func `a command that wrote nothing isn't remembered`() throws {
        var core = try CoreFixture()
        #expect(try core.run(.dispatch(DispatchRequest(worker: "w")), core.keyed("k")) == .leases([]))
        #expect(try core.run(create, core.keyed("k")) == .created(JobID(1)))
        #expect(core.refusal(.cancel([JobID(9)]), core.keyed("l")) == .notFound(JobID(9)))
        try core.run(.cancel([JobID(1)]), core.keyed("l"))
    }

    @Test
    func `a dispatch that is repeated gives the leases that still live`() throws {
        var core = try CoreFixture()
        for _ in 0..<2 { _ = try core.create() }
        let dispatch = Command.dispatch(DispatchRequest(worker: "w", max: 2))
        guard case .leases(let leases) = try core.run(dispatch, core.keyed("k")) else {
            throw Surprise.answer
        }
        #expect(try core.run(dispatch, core.keyed("k")) == .leases(leases))
        try core.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try core.run(dispatch, core.keyed("k")) == .leases([leases[1]]))
    }

    @Test
    func `many completions that are repeated have the outcomes that they had`() throws {
        var core = try CoreFixture(limits: CoreLimits(payloadBytes: 4))
        let job = try core.create()
        let token = try core.lease().token
        let large = Payload([1, 2, 3, 4, 5])
        let list = [
            Completion(.lease(token), result: large), Completion(.lease(token)), Completion(.lease(token)),
            Completion(.job(job)),
        ]
        let answer = try core.run(.completeMany(list), core.keyed("k"))
        let tooLarge = Refusal.payloadTooLarge(field: "result", bytes: 5, limit: 4)
        #expect(answer == .outcomes([tooLarge, nil, .leaseLost(token), .alreadyEnded(job, .succeeded)]))
        #expect(try core.run(.completeMany(list), core.keyed("k")) == answer)
    }

    @Test
    func `a request is repeated by what it says, whatever its commands would be by then`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let request = core.keyed("k").asking(["hold", "1"])
        #expect(try !core.state.repeats(request, at: core.now))
        try core.run(.hold([job]), request)
        let events = core.log.count
        #expect(try core.state.repeats(request, at: core.now))
        try core.run(.unhold([job]), request)
        #expect(core.log.count == events)
        let other = core.keyed("k").asking(["unhold", "1"])
        #expect(throws: Refusal.keyReused("k")) { try core.state.repeats(other, at: core.now) }
        #expect(core.refusal(.hold([job]), other) == .keyReused("k"))
    }

    /// A delay that the caller turns into a moment is another moment, and so another command, at each repetition.
    @Test
    func `a delayed command that is repeated is the same command, and waits no longer`() throws {
        var core = try CoreFixture()
        let job = JobSpecification(kind: "a", delay: .seconds(60))
        let plain = JobSpecification(kind: "b")
        let commands: [Command] = [
            .create(job), .createMany([plain, job]), .suggest(job), .suggestMany([job]),
            .createWithTasks(plain, tasks: [job]),
        ]
        let due = core.now + .seconds(60)
        var answers: [CommandResult] = []
        for (index, command) in commands.enumerated() {
            answers.append(try core.run(command, core.keyed("k\(index)")))
        }
        for event in core.log {
            guard let specification = event.body.specification, specification.kind == "a" else { continue }
            #expect(specification.runAt == due)
            #expect(specification.delay == nil)
        }
        #expect(core.state[JobID(1)]?.due == due)
        let events = core.log.count
        core.now = core.now + .seconds(30)
        for (index, command) in commands.enumerated() {
            #expect(try core.run(command, core.keyed("k\(index)")) == answers[index])
        }
        #expect(core.log.count == events)
        var longer = job
        longer.delay = .seconds(61)
        #expect(core.refusal(.create(longer), core.keyed("k0")) == .keyReused("k0"))
    }

    @Test
    func `a delay is a length of time, and stands for the moment`() throws {
        let core = try CoreFixture()
        for job in [
            JobSpecification(kind: "a", delay: .seconds(-1)),
            JobSpecification(kind: "a", runAt: core.now, delay: .zero),
        ] {
            guard case .invalid("delay", _) = core.refusal(.create(job)) else { throw Surprise.answer }
        }
    }

    @Test
    func `every kind of command that writes is repeated without a second event`() throws {
        var core = try CoreFixture()
        let job = try core.suggest()
        for (index, command) in [
            Command.approve([job]), .update(job, JobChange(priority: 2)), .hold([job]), .unhold([job]),
            .start(job, worker: "w", lease: nil), .release(.job(job)),
            .registerWorker(WorkerSpecification(name: "w")), .drainWorker(name: "w"),
            .configureQueue(QueueSpecification(name: "q")), .setQueueStatus(name: "q", .paused),
            .registerMachine(MachineSpecification(name: "m", cpuMillis: 1)),
            .setMachineStatus(name: "m", .cordoned), .cancel([job]), .prune([job]),
        ].enumerated() {
            let first = try core.run(command, core.keyed("k\(index)"))
            let events = core.log.count
            let again = try core.run(command, core.keyed("k\(index)"))
            #expect(core.log.count == events, "\(command)")
            #expect(events > index, "\(command)")
            if case .leases = first {
                #expect(again == .leases([]) || again == first)
            } else {
                #expect(again == first)
            }
        }
    }
}
