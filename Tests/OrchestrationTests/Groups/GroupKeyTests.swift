import Orchestration
import Testing

/// What holds for groups of both kinds.
struct GroupKeyTests {
    private static let kinds: [CommandGroup.Kind] = [.together, .each]
    private let create = Command.create(JobSpecification(kind: "a"))
    private let suggest = Command.suggest(JobSpecification(kind: "a"))

    @Test(arguments: kinds)
    func `the same key with other commands, another order, another kind or one command: keyReused`(
        kind: CommandGroup.Kind
    ) throws {
        var core = try CoreFixture()
        if kind == .each {
            try core.run(each: [create, suggest], core.keyed("k"))
        } else {
            try core.run(together: [create, suggest], core.keyed("k"))
        }
        let other: CommandGroup.Kind = kind == .each ? .together : .each
        for (kind, commands) in [
            (kind, [create]), (kind, [suggest, create]), (kind, [create, suggest, create]),
            (other, [create, suggest]),
        ] {
            #expect(core.refusal(kind, commands.map { .init($0) }, core.keyed("k")) == .keyReused("k"))
        }
        #expect(core.refusal(create, core.keyed("k")) == .keyReused("k"))
        try core.run(create, core.keyed("l"))
        #expect(core.refusal(kind, [.init(create)], core.keyed("l")) == .keyReused("l"))
    }

    /// As for one command: they don't change what is decided, or only whether it is.
    @Test(arguments: kinds)
    func `a wait, a reason and a version make no other group`(kind: CommandGroup.Kind) throws {
        let plain = CommandGroup(
            kind,
            of: [.init(create), .init(.dispatch(DispatchRequest(worker: "w")))],
            by: CommandContext(actor: "a", idempotencyKey: "k")
        )
        let other = CommandGroup(
            kind,
            of: [
                .init(create, expectedVersion: 9, reason: "because"),
                .init(.dispatch(DispatchRequest(worker: "w", wait: .seconds(1)))),
            ],
            by: plain.context
        )
        #expect(plain.context == other.context)
        #expect(plain != other)
    }

    @Test(arguments: kinds)
    func `a group that wrote nothing is decided anew`(kind: CommandGroup.Kind) throws {
        var core = try CoreFixture()
        let nothing = Command.dispatch(DispatchRequest(worker: "w"))
        if kind == .each {
            try core.run(each: [nothing, .hold([JobID(5)])], core.keyed("k"))
        } else {
            try core.run(together: [nothing], core.keyed("k"))
        }
        #expect(try core.run(create, core.keyed("k")) == .created(JobID(1)))
    }

    @Test(arguments: kinds)
    func `a heartbeat is always new: a group with a key has none`(kind: CommandGroup.Kind) throws {
        var core = try CoreFixture()
        _ = try core.create()
        let beat = CommandGroup.Member(.heartbeat(try core.lease().token, nil))
        guard
            case .member(1, .invalid("idempotencyKey", _))? = core.refusal(
                kind,
                [.init(create), beat],
                core.keyed("k")
            )
        else {
            Issue.record("it may have one")
            return
        }
        #expect(core.refusal(kind, [.init(create), beat]) == nil)
    }

    @Test(arguments: kinds)
    func `it has at least one command and at most as many as a command has items`(kind: CommandGroup.Kind)
        throws
    {
        let core = try CoreFixture(limits: CoreLimits(commandItems: 2))
        for (count, isRefused) in [(0, true), (1, false), (2, false), (3, true)] {
            let refusal = core.refusal(kind, Array(repeating: .init(create), count: count))
            if case .invalid("commands", _)? = refusal {
                #expect(isRefused)
            } else {
                #expect(refusal == nil)
                #expect(!isRefused)
            }
        }
    }

    @Test(arguments: kinds)
    func `a version belongs to one of its commands`(kind: CommandGroup.Kind) throws {
        let core = try CoreFixture()
        let context = CommandContext(actor: "tester", expectedVersion: 1)
        guard case .invalid("expectedVersion", _)? = core.refusal(kind, [.init(create)], context) else {
            Issue.record("it may expect one")
            return
        }
    }
}
