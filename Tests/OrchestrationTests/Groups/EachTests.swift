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
        var bench = try CoreFixture()
        for _ in 0..<2 { _ = try bench.create() }
        let token = try bench.lease().token
        for context in [CommandContext(actor: "tester"), bench.keyed("k")] {
            let done = Command.complete(.lease(token), result: Payload())
            var fork = bench
            let outcomes = try fork.run(each: [stale, done, take], context)
            #expect(outcomes[0] == .failure(.leaseLost(lost)) && outcomes[1] == .success(.done))
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
        var bench = try CoreFixture()
        try bench.run(each: [stale, create, .hold([JobID(1)]), create, take], bench.keyed("k"))
        #expect(bench.origins(4) == [[2, 1], [2, 2], [2, 3], [2, 4]])
        #expect(bench.log.suffix(4).allSatisfy { $0.context.idempotencyKey == "k" })
        try bench.refold()
    }

    @Test
    func `what a last dispatch is given later belongs to the same key and command`() throws {
        var bench = try CoreFixture()
        let group = CommandGroup(.each, of: [.init(.hold([JobID(1)])), .init(take)], by: bench.keyed("k"))
        let held = try bench.create()
        try bench.state.check(group, at: bench.now)
        #expect(try bench.run(member: 0, of: group) == .success(.done))
        #expect(try bench.run(member: 1, of: group) == .success(.leases([])))
        #expect(!bench.state.remembers(member: 1, of: group, at: bench.now))
        // Others go on meanwhile.
        let job = try bench.create()
        try bench.run(.unhold([held]))
        try bench.run(create, bench.keyed("l"))
        let answer = try bench.run(member: 1, of: group)
        guard case .success(.leases(let leases)) = answer else { throw Surprise.answer }
        #expect(leases.map(\.job) == [held] && bench.origins(1) == [[3, 1]])
        #expect(bench.state.remembers(member: 1, of: group, at: bench.now))
        let events = bench.log.count
        #expect(
            try bench.run(each: group.members.map(\.command), bench.keyed("k")) == [.success(.done), answer]
        )
        #expect(bench.log.count == events)
        try bench.refold()
        #expect(try bench.run(member: 1, of: group) == answer)
        // Its lease has ended: no lease is the answer, and nothing to wait for.
        try bench.run(.complete(.lease(leases[0].token), result: Payload()))
        #expect(try bench.run(member: 1, of: group) == .success(.leases([])))
        #expect(
            bench.state.remembers(member: 1, of: group, at: bench.now) && bench.state[job]?.state == .ready
        )
    }

    @Test
    func `two who wait under one key get one lease`() throws {
        var bench = try CoreFixture()
        let group = CommandGroup(.each, of: [.init(stale), .init(take)], by: bench.keyed("k"))
        for _ in 0..<2 { #expect(try bench.run(member: 1, of: group) == .success(.leases([]))) }
        for _ in 0..<2 { _ = try bench.create() }
        let first = try bench.run(member: 1, of: group)
        let second = try bench.run(member: 1, of: group)
        #expect(first == second && bench.state.runningCount == 1)
    }

    @Test
    func `repeated, it completes what a crash cut off`() throws {
        var bench = try CoreFixture()
        let commands = [create, create, .suggest(JobSpecification(kind: "a")), take]
        let group = CommandGroup(.each, of: commands.map { .init($0) }, by: bench.keyed("k"))
        for member in 0..<2 { _ = try bench.run(member: member, of: group) }
        try bench.refold()
        let outcomes = try bench.run(each: commands, bench.keyed("k"))
        #expect(Array(outcomes[..<3]) == (1...3).map { .success(.created(JobID($0))) })
        #expect(bench.origins(4) == [[2, 0], [2, 1], [2, 2], [2, 3]])
        #expect(try bench.run(each: commands, bench.keyed("k")) == outcomes && bench.log.count == 5)
    }

    @Test
    func `repeated, what was refused is decided now, and what was done is not done again`() throws {
        var bench = try CoreFixture()
        try bench.run(.configureQueue(QueueSpecification(name: "default")))
        try bench.run(.setQueueStatus(name: "default", .draining))
        let job = JobSpecification(kind: "a", queue: "other")
        let commands = [create, .create(job)]
        #expect(
            try bench.run(each: commands, bench.keyed("k"))
                == [.failure(.queueDraining("default")), .success(.created(JobID(1)))]
        )
        try bench.run(.setQueueStatus(name: "default", .open))
        let again: [CoreFixture.Outcome] = [.success(.created(JobID(2))), .success(.created(JobID(1)))]
        #expect(try bench.run(each: commands, bench.keyed("k")) == again)
        #expect(bench.origins(1) == [[4, 0]])
        #expect(try bench.run(each: commands, bench.keyed("k")) == again && bench.state.jobCount == 2)
        try bench.refold()
    }

    @Test
    func `a group whose key was forgotten while it waited begins anew under it`() throws {
        var bench = try CoreFixture()
        let bounds = IdempotencyBounds(window: .seconds(5), count: 10)
        try bench.open(EngineOpened(epoch: 2, clock: .virtual, idempotency: bounds))
        let group = CommandGroup(
            .each,
            of: [.init(.suggest(JobSpecification(kind: "a"))), .init(take)],
            by: bench.keyed("k")
        )
        for member in 0..<2 { _ = try bench.run(member: member, of: group) }
        bench.now = bench.now + .seconds(6)
        _ = try bench.create()
        _ = try bench.run(member: 1, of: group)
        #expect(bench.origins(1) == [[5, 1]])
        try bench.refold()
        // In its place another command has the key: the one who waits is told.
        bench.now = bench.now + .seconds(6)
        try bench.run(create, bench.keyed("k"))
        #expect(try bench.run(member: 1, of: group) == .failure(.keyReused("k")))
    }

    @Test
    func `only the last may wait: any other makes the group malformed`() throws {
        let bench = try CoreFixture()
        guard
            case .member(1, .invalid("wait", _))? = bench.refusal(
                .each,
                [create, take, create].map { .init($0) }
            )
        else {
            Issue.record("it may wait")
            return
        }
        #expect(bench.refusal(.each, [create, take].map { .init($0) }) == nil)
    }
}
