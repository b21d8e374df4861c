import Orchestration

extension CoreFixture {
    @discardableResult
    mutating func run(
        together commands: [Command],
        _ context: CommandContext = CommandContext(actor: "tester")
    ) throws -> [CommandResult] {
        try run(CommandGroup(.together, of: commands.map { .init($0) }, by: context))
    }

    mutating func run(_ group: CommandGroup) throws -> [CommandResult] {
        var events: [Event] = []
        let answers = try state.decide(together: group, at: now, entropy: entropy, into: &events)
        entropy &+= 1
        try absorb(events)
        return answers
    }

    @discardableResult
    mutating func run(
        each commands: [Command],
        _ context: CommandContext = CommandContext(actor: "tester")
    ) throws -> [Outcome] {
        let group = CommandGroup(.each, of: commands.map { .init($0) }, by: context)
        try state.check(group, at: now)
        return try group.members.indices.map { try run(member: $0, of: group) }
    }

    typealias Outcome = Result<CommandResult, Refusal>

    mutating func run(member: Int, of group: CommandGroup) throws -> Outcome {
        var events: [Event] = []
        let outcome: Outcome
        do throws(Refusal) {
            outcome = .success(
                try state.decide(member: member, of: group, at: now, entropy: entropy, into: &events)
            )
        } catch {
            outcome = .failure(error)
        }
        entropy &+= 1
        try absorb(events)
        return outcome
    }

    /// Why the group is refused as a whole.
    func refusal(
        _ kind: CommandGroup.Kind,
        _ members: [CommandGroup.Member],
        _ context: CommandContext = CommandContext(actor: "tester")
    ) -> Refusal? {
        let group = CommandGroup(kind, of: members, by: context)
        var events: [Event] = []
        do throws(Refusal) {
            if kind == .each {
                try state.check(group, at: now)
            } else {
                _ = try state.decide(together: group, at: now, entropy: 0, into: &events)
            }
            return nil
        } catch {
            return events.isEmpty ? error : nil
        }
    }
}

extension CoreFixture {
    /// The event as the log has it.
    func bytes(from index: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for event in log[index...] { EventCodec.encode(event, into: &bytes) }
        return bytes
    }

    /// Of the newest events: which command they are of, and which of its members.
    func origins(_ count: Int) -> [[UInt64]] {
        log.suffix(count).map { [$0.command, UInt64($0.member)] }
    }
}
