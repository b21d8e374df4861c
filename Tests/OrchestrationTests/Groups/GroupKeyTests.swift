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
        var bench = try CoreFixture()
        if kind == .each {
            try bench.run(each: [create, suggest], bench.keyed("k"))
        } else {
            try bench.run(together: [create, suggest], bench.keyed("k"))
        }
        let other: CommandGroup.Kind = kind == .each ? .together : .each
        for (kind, commands) in [
            (kind, [create]), (kind, [suggest, create]), (kind, [create, suggest, create]),
            (other, [create, suggest]),
        ] {
            #expect(bench.refusal(kind, commands.map { .init($0) }, bench.keyed("k")) == .keyReused("k"))
        }
        #expect(bench.refusal(create, bench.keyed("k")) == .keyReused("k"))
        try bench.run(create, bench.keyed("l"))
        #expect(bench.refusal(kind, [.init(create)], bench.keyed("l")) == .keyReused("l"))
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
        #expect(plain.context == other.context && plain != other)
    }

    @Test(arguments: kinds)
    func `a group that wrote nothing is decided anew`(kind: CommandGroup.Kind) throws {
        var bench = try CoreFixture()
        let nothing = Command.dispatch(DispatchRequest(worker: "w"))
        if kind == .each {
            try bench.run(each: [nothing, .hold([JobID(5)])], bench.keyed("k"))
        } else {
            try bench.run(together: [nothing], bench.keyed("k"))
        }
        #expect(try bench.run(create, bench.keyed("k")) == .created(JobID(1)))
    }

    @Test(arguments: kinds)
    func `a heartbeat is always new: a group with a key has none`(kind: CommandGroup.Kind) throws {
        var bench = try CoreFixture()
        _ = try bench.create()
        let beat = CommandGroup.Member(.heartbeat(try bench.lease().token, nil))
        guard
            case .member(1, .invalid("idempotencyKey", _))? = bench.refusal(
                kind,
                [.init(create), beat],
                bench.keyed("k")
            )
        else {
            Issue.record("it may have one")
            return
        }
        #expect(bench.refusal(kind, [.init(create), beat]) == nil)
    }

    @Test(arguments: kinds)
    func `it has at least one command and at most as many as a command has items`(kind: CommandGroup.Kind)
        throws
    {
        let bench = try CoreFixture(limits: CoreLimits(commandItems: 2))
        for (count, isRefused) in [(0, true), (1, false), (2, false), (3, true)] {
            let refusal = bench.refusal(kind, Array(repeating: .init(create), count: count))
            if case .invalid("commands", _)? = refusal {
                #expect(isRefused)
            } else {
                #expect(refusal == nil && !isRefused)
            }
        }
    }

    @Test(arguments: kinds)
    func `a version belongs to one of its commands`(kind: CommandGroup.Kind) throws {
        let bench = try CoreFixture()
        let context = CommandContext(actor: "tester", expectedVersion: 1)
        guard case .invalid("expectedVersion", _)? = bench.refusal(kind, [.init(create)], context) else {
            Issue.record("it may expect one")
            return
        }
    }
}
