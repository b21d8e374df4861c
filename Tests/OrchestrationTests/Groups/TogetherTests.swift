import Orchestration
import Testing

/// Groups whose commands are done together or not at all.
struct TogetherTests {
    private let create = Command.create(JobSpecification(kind: "a"))
    private let take = Command.dispatch(DispatchRequest(worker: "w", max: 9))

    @Test
    func `each command is decided on what those before it leave`() throws {
        var core = try CoreFixture(limits: CoreLimits(mustConfigureQueues: true))
        let answers = try core.run(together: [
            .configureQueue(QueueSpecification(name: "default")), create, create, take,
            .complete(.job(JobID(2)), result: Payload()),
        ])
        guard case .leases(let leases) = answers[3] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(1), JobID(2)])
        #expect(answers[1...2] == [.created(JobID(1)), .created(JobID(2))])
        #expect(answers[4] == .done)
        #expect(core.state(of: JobID(2)) == .succeeded)
        try core.refold()
    }

    @Test
    func `its events are one command's, each with the place of its own command`() throws {
        var core = try CoreFixture()
        try core.run(together: [
            .createMany([JobSpecification(kind: "a"), JobSpecification(kind: "a")]), take,
        ])
        #expect(core.origins(4) == [[2, 0], [2, 0], [2, 1], [2, 1]])
    }

    @Test
    func `when one is refused nothing is done, and the refusal says which`() throws {
        var core = try CoreFixture()
        let members = [create, .hold([JobID(1)]), .complete(.job(JobID(1)), result: Payload())]
        let refusal = core.refusal(.together, members.map { .init($0) })
        #expect(refusal == .member(2, .notRunning(JobID(1), .ready)))
        #expect(refusal?.name == "notRunning")
        #expect(refusal?.root == .notRunning(JobID(1), .ready))
        #expect(
            refusal?.description
                == "command 2 of the group, counted from 0: job 1 is not running: it is ready"
        )
        #expect(throws: Refusal.self) { try core.run(together: members) }
        #expect(core.log.count == 1)
        #expect(core.state.jobCount == 0)
    }

    @Test
    func `two requests for work never get the same job`() throws {
        var core = try CoreFixture()
        _ = try core.create()
        let answers = try core.run(together: [take, .dispatch(DispatchRequest(worker: "v"))])
        guard case .leases(let leases) = answers[0] else { throw Surprise.answer }
        #expect(leases.count == 1)
        #expect(answers[1] == .leases([]))
    }

    @Test
    func `a member's version is the one that the members before it leave`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let version = core.state.lastSequence
        func members(_ second: UInt64) -> [CommandGroup.Member] {
            [.init(.hold([job]), expectedVersion: version), .init(.unhold([job]), expectedVersion: second)]
        }
        #expect(
            core.refusal(.together, members(version))
                == .member(1, .versionConflict(job, expected: version, actual: version + 1))
        )
        #expect(core.refusal(.together, members(version + 1)) == nil)
    }

    @Test
    func `a member's reason stands before the group's`() throws {
        var core = try CoreFixture()
        let context = CommandContext(actor: "tester", reason: "all")
        let members = [CommandGroup.Member(create), .init(create, reason: "own")]
        _ = try core.run(CommandGroup(.together, of: members, by: context))
        #expect(core.log.suffix(2).map(\.context.reason) == ["all", "own"])
    }

    @Test
    func `nothing in it waits`() throws {
        let core = try CoreFixture()
        let wait = Command.dispatch(DispatchRequest(worker: "w", wait: .seconds(1)))
        for (index, commands) in [[wait, create], [create, wait]].enumerated() {
            guard
                case .member(index, .invalid("wait", _))? = core.refusal(
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
        var core = try CoreFixture()
        _ = try core.create()
        let token = try core.lease().token
        let commands: [Command] = [
            create, .unhold([JobID(2)]),
            .suggestMany([JobSpecification(kind: "b"), JobSpecification(kind: "b")]),
            .completeMany([Completion(.lease(token)), Completion(.lease(token))]), take,
            .reject([JobID(4)]), .cancel([JobID(2)]),
        ]
        let answers = try core.run(together: commands, core.keyed("k"))
        guard case .leases(let leases) = answers[4] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(2)])
        #expect(answers[3] == .outcomes([nil, .leaseLost(token)]))
        #expect(answers[2] == .createdMany([JobID(3), JobID(4)]))
        let events = core.log.count
        #expect(try core.run(together: commands, core.keyed("k")) == answers)
        try core.refold()
        // The lease ends, and with it what is told of it.
        try core.run(.complete(.job(JobID(2)), result: Payload()))
        var rest = answers
        rest[4] = .leases([])
        #expect(try core.run(together: commands, core.keyed("k")) == rest)
        #expect(core.log.count == events + 1)
    }

    @Test
    func `repeated, it takes leases only where none were given`() throws {
        var core = try CoreFixture()
        let suggest = Command.suggestMany(Array(repeating: JobSpecification(kind: "a"), count: 2))
        let commands = [take, suggest]
        let nothing = try core.run(together: commands, core.keyed("k"))
        #expect(nothing == [.leases([]), .createdMany([JobID(1), JobID(2)])])
        try core.run(.approve([JobID(1), JobID(2)]))
        let again = try core.run(together: commands, core.keyed("k"))
        guard case .leases(let leases) = again[0] else { throw Surprise.answer }
        #expect(leases.map(\.job) == [JobID(1), JobID(2)])
        #expect(again[1] == nothing[1])
        #expect(core.origins(2) == [[2, 0], [2, 0]])
        let events = core.log.count
        _ = try core.create()
        #expect(try core.run(together: commands, core.keyed("k")) == again)
        #expect(core.log.count == events + 1)
    }

    @Test
    func `a job that was there is a member's answer when the group is asked for again, too`() throws {
        var core = try CoreFixture()
        let job = JobSpecification(kind: "a", uniqueKey: "u", onClash: .existing)
        let first = try core.create(job)
        let commands = [Command.create(job), .suggest(JobSpecification(kind: "b")), .suggest(job)]
        let answers = try core.run(together: commands, core.keyed("k"))
        #expect(answers == [.existing(first), .created(JobID(2)), .existing(first)])
        #expect(try core.run(together: commands) == [.existing(first), .created(JobID(3)), .existing(first)])
        try core.run(.cancel([first]))
        #expect(try core.run(together: commands, core.keyed("k")) == answers)
    }
}
