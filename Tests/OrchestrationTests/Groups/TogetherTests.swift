import Orchestration
import Testing

/// Groups whose commands are done together or not at all.
struct TogetherTests {
    private let create = Command.create(JobSpecification(kind: "a"))
    private let take = Command.dispatch(DispatchRequest(worker: "w", max: 9))

    @Test
    func `each command is decided on what those before it leave`() throws {
        var bench = try CoreFixture(limits: CoreLimits(mustConfigureQueues: true))
        let answers = try bench.run(together: [
            .configureQueue(QueueSpecification(name: "default")), create, create, take,
            .complete(.job(JobID(2)), result: Payload()),
        ])
        guard case .leases(let leases) = answers[3] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(1), JobID(2)])
        #expect(answers[1...2] == [.created(JobID(1)), .created(JobID(2))])
        #expect(answers[4] == .done && bench.state(of: JobID(2)) == .succeeded)
        try bench.refold()
    }

    @Test
    func `its events are one command's, each with the place of its own command`() throws {
        var bench = try CoreFixture()
        try bench.run(together: [
            .createMany([JobSpecification(kind: "a"), JobSpecification(kind: "a")]), take,
        ])
        #expect(bench.origins(4) == [[2, 0], [2, 0], [2, 1], [2, 1]])
    }

    @Test
    func `when one is refused nothing is done, and the refusal says which`() throws {
        var bench = try CoreFixture()
        let members = [create, .hold([JobID(1)]), .complete(.job(JobID(1)), result: Payload())]
        let refusal = bench.refusal(.together, members.map { .init($0) })
        #expect(refusal == .member(2, .notRunning(JobID(1), .ready)))
        #expect(refusal?.name == "notRunning" && refusal?.root == .notRunning(JobID(1), .ready))
        #expect(
            refusal?.description
                == "command 2 of the group, counted from 0: job 1 is not running: it is ready"
        )
        #expect(throws: Refusal.self) { try bench.run(together: members) }
        #expect(bench.log.count == 1 && bench.state.jobCount == 0)
    }

    @Test
    func `two requests for work never get the same job`() throws {
        var bench = try CoreFixture()
        _ = try bench.create()
        let answers = try bench.run(together: [take, .dispatch(DispatchRequest(worker: "v"))])
        guard case .leases(let leases) = answers[0] else { throw Surprise.answer }
        #expect(leases.count == 1 && answers[1] == .leases([]))
    }

    @Test
    func `a member's version is the one that the members before it leave`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let version = bench.state.lastSequence
        func members(_ second: UInt64) -> [CommandGroup.Member] {
            [.init(.hold([job]), expectedVersion: version), .init(.unhold([job]), expectedVersion: second)]
        }
        #expect(
            bench.refusal(.together, members(version))
                == .member(1, .versionConflict(job, expected: version, actual: version + 1))
        )
        #expect(bench.refusal(.together, members(version + 1)) == nil)
    }

    @Test
    func `a member's reason stands before the group's`() throws {
        var bench = try CoreFixture()
        let context = CommandContext(actor: "tester", reason: "all")
        let members = [CommandGroup.Member(create), .init(create, reason: "own")]
        _ = try bench.run(CommandGroup(.together, of: members, by: context))
        #expect(bench.log.suffix(2).map(\.context.reason) == ["all", "own"])
    }

    @Test
    func `nothing in it waits`() throws {
        let bench = try CoreFixture()
        let wait = Command.dispatch(DispatchRequest(worker: "w", wait: .seconds(1)))
        for (index, commands) in [[wait, create], [create, wait]].enumerated() {
            guard
                case .member(index, .invalid("wait", _))? = bench.refusal(
                    .together,
                    commands.map { .init($0) }
                )
            else {
                Issue.record("it may wait")
                return
            }
        }
    }

    @Test
    func `repeated, it answers what was decided, without an event, after a restart too`() throws {
        var bench = try CoreFixture()
        _ = try bench.create()
        let token = try bench.lease().token
        let commands: [Command] = [
            create, .unhold([JobID(2)]),
            .suggestMany([JobSpecification(kind: "b"), JobSpecification(kind: "b")]),
            .completeMany([Completion(.lease(token)), Completion(.lease(token))]), take,
            .reject([JobID(4)]), .cancel([JobID(2)]),
        ]
        let answers = try bench.run(together: commands, bench.keyed("k"))
        guard case .leases(let leases) = answers[4] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(2)])
        #expect(answers[3] == .outcomes([nil, .leaseLost(token)]))
        #expect(answers[2] == .createdMany([JobID(3), JobID(4)]))
        let events = bench.log.count
        #expect(try bench.run(together: commands, bench.keyed("k")) == answers)
        try bench.refold()
        // The lease ends, and with it what is told of it.
        try bench.run(.complete(.job(JobID(2)), result: Payload()))
        var rest = answers
        rest[4] = .leases([])
        #expect(try bench.run(together: commands, bench.keyed("k")) == rest && bench.log.count == events + 1)
    }

    @Test
    func `repeated, it takes leases only where none were given`() throws {
        var bench = try CoreFixture()
        let suggest = Command.suggestMany(Array(repeating: JobSpecification(kind: "a"), count: 2))
        let commands = [take, suggest]
        let nothing = try bench.run(together: commands, bench.keyed("k"))
        #expect(nothing == [.leases([]), .createdMany([JobID(1), JobID(2)])])
        try bench.run(.approve([JobID(1), JobID(2)]))
        let again = try bench.run(together: commands, bench.keyed("k"))
        guard case .leases(let leases) = again[0] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(1), JobID(2)] && again[1] == nothing[1])
        #expect(bench.origins(2) == [[2, 0], [2, 0]])
        let events = bench.log.count
        _ = try bench.create()
        #expect(try bench.run(together: commands, bench.keyed("k")) == again && bench.log.count == events + 1)
    }

    @Test
    func `a job that may be another one's answer can't be asked for under a key`() throws {
        let bench = try CoreFixture()
        let job = JobSpecification(kind: "a", uniqueKey: "u", onClash: .existing)
        for command in [Command.create(job), .suggest(job)] {
            guard
                case .member(0, .invalid("onClash", _))? = bench.refusal(
                    .together,
                    [.init(command)],
                    bench.keyed("k")
                )
            else {
                Issue.record("\(command)")
                continue
            }
            #expect(bench.refusal(.together, [.init(command)]) == nil)
        }
    }
}
