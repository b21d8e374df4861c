import Orchestration
import Testing

/// Groups whose commands have an outcome each.
struct EachTests {
    private let create = Command.create(JobSpecification(kind: "a"))
    private let take = Command.dispatch(DispatchRequest(worker: "w", wait: .seconds(9)))
    private let lost = LeaseToken(epoch: 1, counter: 77)

    private var stale: Command { .complete(.lease(lost), result: Payload()) }

    @Test
    func `a stale lease doesn't deny the worker new work`() throws {
        var core = try CoreFixture()
        for _ in 0..<2 { _ = try core.create() }
        let token = try core.lease().token
        for context in [CommandContext(actor: "tester"), core.keyed("k")] {
            let done = Command.complete(.lease(token), result: Payload())
            var fork = core
            let outcomes = try fork.run(each: [stale, done, take], context)
            #expect(outcomes[0] == .failure(.leaseLost(lost)))
            #expect(outcomes[1] == .success(.done))
            guard case .success(.leases(let leases)) = outcomes[2] else { throw Surprise.answer }
            #expect(leases.map(\.job) == [JobID(2)])
        }
    }

    @Test
    func `without a key every command is one of its own, byte for byte`() throws {
        var (one, other) = (try CoreFixture(), try CoreFixture())
        let commands = [create, create, stale, .hold([JobID(1)]), take]
        try one.run(each: commands)
        for command in commands where command != stale { try other.run(command) }
        #expect(one.bytes(from: 0) == other.bytes(from: 0))
    }

    @Test
    func `with a key its events are one command's, each with the place of its own command`() throws {
        var core = try CoreFixture()
        try core.run(each: [stale, create, .hold([JobID(1)]), create, take], core.keyed("k"))
        #expect(core.origins(4) == [[2, 1], [2, 2], [2, 3], [2, 4]])
        #expect(core.log.suffix(4).allSatisfy { $0.context.idempotencyKey == "k" })
        try core.refold()
    }

    @Test
    func `what a last dispatch is given later belongs to the same key and command`() throws {
        var core = try CoreFixture()
        let group = CommandGroup(.each, of: [.init(.hold([JobID(1)])), .init(take)], by: core.keyed("k"))
        let held = try core.create()
        try core.state.check(group, at: core.now)
        #expect(try core.run(member: 0, of: group) == .success(.done))
        #expect(try core.run(member: 1, of: group) == .success(.leases([])))
        #expect(!core.state.remembers(member: 1, of: group, at: core.now))
        // Others go on meanwhile.
        let job = try core.create()
        try core.run(.unhold([held]))
        try core.run(create, core.keyed("l"))
        let answer = try core.run(member: 1, of: group)
        guard case .success(.leases(let leases)) = answer else { throw Surprise.answer }
        #expect(leases.map(\.job) == [held])
        #expect(core.origins(1) == [[3, 1]])
        #expect(core.state.remembers(member: 1, of: group, at: core.now))
        let events = core.log.count
        #expect(
            try core.run(each: group.members.map(\.command), core.keyed("k")) == [.success(.done), answer]
        )
        #expect(core.log.count == events)
        try core.refold()
        #expect(try core.run(member: 1, of: group) == answer)
        // Its lease has ended: no lease is the answer, and nothing to wait for.
        try core.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try core.run(member: 1, of: group) == .success(.leases([])))
        #expect(core.state.remembers(member: 1, of: group, at: core.now))
        #expect(core.state[job]?.state == .ready)
    }

    @Test
    func `two who wait under one key get one lease`() throws {
        var core = try CoreFixture()
        let group = CommandGroup(.each, of: [.init(stale), .init(take)], by: core.keyed("k"))
        for _ in 0..<2 { #expect(try core.run(member: 1, of: group) == .success(.leases([]))) }
        for _ in 0..<2 { _ = try core.create() }
        let first = try core.run(member: 1, of: group)
        let second = try core.run(member: 1, of: group)
        #expect(first == second)
        #expect(core.state.runningCount == 1)
    }

    @Test
    func `repeated, it completes what a crash cut off`() throws {
        var core = try CoreFixture()
        let commands = [create, create, .suggest(JobSpecification(kind: "a")), take]
        let group = CommandGroup(.each, of: commands.map { .init($0) }, by: core.keyed("k"))
        for member in 0..<2 { _ = try core.run(member: member, of: group) }
        try core.refold()
        let outcomes = try core.run(each: commands, core.keyed("k"))
        #expect(Array(outcomes[..<3]) == (1...3).map { .success(.created(JobID($0))) })
        #expect(core.origins(4) == [[2, 0], [2, 1], [2, 2], [2, 3]])
        #expect(try core.run(each: commands, core.keyed("k")) == outcomes)
        #expect(core.log.count == 5)
    }

    @Test
    func `repeated, what was refused is decided now, and what was done is not done again`() throws {
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default")))
        try core.run(.setQueueStatus(name: "default", .draining))
        let job = JobSpecification(kind: "a", queue: "other")
        let commands = [create, .create(job)]
        #expect(
            try core.run(each: commands, core.keyed("k"))
                == [.failure(.queueDraining("default")), .success(.created(JobID(1)))]
        )
        try core.run(.setQueueStatus(name: "default", .open))
        let again: [CoreFixture.Outcome] = [.success(.created(JobID(2))), .success(.created(JobID(1)))]
        #expect(try core.run(each: commands, core.keyed("k")) == again)
        #expect(core.origins(1) == [[4, 0]])
        #expect(try core.run(each: commands, core.keyed("k")) == again)
        #expect(core.state.jobCount == 2)
        try core.refold()
    }

    @Test
    func `a group whose key was forgotten while it waited begins anew under it`() throws {
        var core = try CoreFixture()
        let bounds = IdempotencyBounds(window: .seconds(5), count: 10)
        try core.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
        let group = CommandGroup(
            .each,
            of: [.init(.suggest(JobSpecification(kind: "a"))), .init(take)],
            by: core.keyed("k")
        )
        for member in 0..<2 { _ = try core.run(member: member, of: group) }
        core.now = core.now + .seconds(6)
        _ = try core.create()
        _ = try core.run(member: 1, of: group)
        #expect(core.origins(1) == [[5, 1]])
        try core.refold()
        // In its place another command has the key: the one who waits is told.
        core.now = core.now + .seconds(6)
        try core.run(create, core.keyed("k"))
        #expect(try core.run(member: 1, of: group) == .failure(.keyReused("k")))
    }

    @Test
    func `only the last may wait: any other makes the group malformed`() throws {
        let core = try CoreFixture()
        guard
            case .member(1, .invalid("wait", _))? = core.refusal(
                .each,
                [create, take, create].map { .init($0) }
            )
        else {
            Issue.record("it may wait")
            return
        }
        #expect(core.refusal(.each, [create, take].map { .init($0) }) == nil)
    }
}
