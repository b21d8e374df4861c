import Orchestration
import TestSupport

extension RandomCommands {
    /// A few commands that have nothing to do with each other; or what workers send: what is done, and a wish for more.
    mutating func group(_ core: CoreFixture) -> CommandGroup {
        let kind: CommandGroup.Kind = chance.oneIn(2) ? .together : .each
        var members: [CommandGroup.Member] = []
        if chance.oneIn(2) {
            for _ in 0..<chance.below(3) {
                let more = Command.suggest(JobSpecification(kind: "a", queue: "q1"))
                let done = Command.complete(holder(core), result: result())
                members.append(.init(chance.oneIn(2) ? more : done))
            }
            var wish = dispatch(kind)
            // Of few jobs, so that there is often none now and one later.
            (wish.kinds, wish.queues) = (["a"], ["q\(1 + chance.below(3))"])
            members.append(.init(.dispatch(wish)))
        } else {
            let count = chance.oneIn(12) ? [0, 9][chance.below(2)] : 1 + chance.below(4)
            for _ in 0..<count { members.append(member(core, kind)) }
        }
        return CommandGroup(kind, of: members, by: groupContext())
    }

    /// The same key with something else, or the same in another form.
    mutating func another(_ group: CommandGroup) -> CommandGroup {
        var (kind, members) = (group.kind, group.members)
        switch chance.below(4) {
        case 0: members.reverse()
        case 1: kind = kind == .each ? .together : .each
        case 2: members.append(contentsOf: members.prefix(1))
        default: for index in members.indices { members[index].reason = "again" }
        }
        return CommandGroup(kind, of: members, by: group.context)
    }

    private mutating func member(_ core: CoreFixture, _ kind: CommandGroup.Kind) -> CommandGroup.Member {
        var command = next(core)
        if case .dispatch = command { command = .dispatch(dispatch(kind)) }
        return CommandGroup.Member(
            command,
            expectedVersion: chance.oneIn(10) ? version(core) : nil,
            reason: chance.oneIn(5) ? "own" : nil
        )
    }

    /// Mostly one that waits for nothing where nothing may wait.
    private mutating func dispatch(_ kind: CommandGroup.Kind) -> DispatchRequest {
        var request = dispatch()
        if kind == .together, !chance.oneIn(10) { request.wait = .zero }
        return request
    }

    private mutating func groupContext() -> CommandContext {
        CommandContext(
            actor: chance.oneIn(6) ? "other" : "tester",
            idempotencyKey: chance.oneIn(2) ? "k\(chance.below(12))" : nil,
            reason: chance.oneIn(3) ? "because" : nil,
            expectedVersion: chance.oneIn(30) ? 1 : nil
        )
    }
}
