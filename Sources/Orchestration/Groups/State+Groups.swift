extension State {
    /// Refuses a group as a whole: one that is empty, too long or malformed, or whose key was used for something else.
    ///
    /// Asked once, before the first member of a group of kind ``CommandGroup/Kind/each`` is decided.
    public func check(_ group: CommandGroup, at now: Timestamp) throws(Refusal) {
        try limits.check(group.context)
        if group.context.expectedVersion != nil {
            throw .invalid(field: "expectedVersion", problem: "belongs to one command of the group")
        }
        try limits.check(count: group.members.count, field: "commands")
        for index in group.members.indices {
            if let refusal = group.refusal(of: index) { throw .member(index, refusal) }
        }
        let isNew = try remembered(group.context, at: now) == nil
        if isNew, group.context.idempotencyKey != nil { try admitKey(group.context, at: now) }
    }

    /// Decides one member of a group of kind ``CommandGroup/Kind/each``; as ``decide(_:_:at:entropy:into:)`` otherwise.
    ///
    /// The caller applies its events before it asks for the next one. Without a key it is a command of its own. With
    /// one, a member that left events in the log is answered from them; one that left none, because it was refused, had
    /// nothing to do, found no work, or wasn't reached before a crash, is decided now, and what it writes belongs to that
    /// key and that group. So a dispatch that found nothing may be asked for again as often as its caller waits.
    public func decide(
        member index: Int,
        of group: CommandGroup,
        at now: Timestamp,
        entropy: UInt64,
        into events: inout [Event]
    ) throws(Refusal) -> CommandResult {
        let (command, context) = (group.members[index].command, group.context.of(group.members[index]))
        guard context.idempotencyKey != nil else {
            return try decide(command, context, at: now, entropy: entropy, into: &events)
        }
        try limits.check(context)
        let (found, member) = (try remembered(context, at: now), UInt32(index))
        if let run = found?.run(of: member) { return answer(command, run) }
        return try write(
            command,
            context,
            member: member,
            of: found?.command,
            at: now,
            entropy: entropy,
            into: &events
        )
    }

    /// Whether a member of a group with a key left something in the log: no lease is its answer then, and nothing to
    /// wait for.
    public func remembers(member index: Int, of group: CommandGroup, at now: Timestamp) -> Bool {
        let found = (try? remembered(group.context, at: now)) ?? nil
        return found?.run(of: UInt32(index)) != nil
    }

    /// Decides a group of kind ``CommandGroup/Kind/together``, all or none.
    ///
    /// Appends the events of all its members, which must become one batch, or throws why one of them was refused, having
    /// appended nothing. Changes nothing. With a key that was used for the group before, what was decided is the answer;
    /// only a dispatch that was granted no lease is decided now.
    ///
    /// Every member but the last is applied to a ``branch`` of the state.
    public func decide(
        together group: CommandGroup,
        at now: Timestamp,
        entropy: UInt64,
        into events: inout [Event]
    ) throws(Refusal) -> [CommandResult] {
        try check(group, at: now)
        let found = try remembered(group.context, at: now)
        let (first, mark) = (found?.command ?? lastSequence + 1, events.count)
        var random = SplitMix(seed: entropy)
        var ahead = branch
        var results: [CommandResult] = []
        results.reserveCapacity(group.members.count)
        for (index, member) in group.members.enumerated() {
            if let found {
                let run = found.run(of: UInt32(index))
                guard run == nil, member.command.isDispatch else {
                    results.append(answer(member.command, run))
                    continue
                }
            }
            let start = events.count
            do throws(Refusal) {
                let context = group.context.of(member)
                try limits.check(context)
                let result = try ahead.write(
                    member.command,
                    context,
                    member: UInt32(index),
                    of: first,
                    at: now,
                    entropy: random.next(),
                    into: &events
                )
                results.append(result)
            } catch {
                events.removeSubrange(mark...)
                throw .member(index, error)
            }
            guard index < group.members.count - 1 else { break }
            // What the copy can't take, this state can't either, and says so when the events are applied to it.
            do { for event in events[start...] { try ahead.apply(event) } } catch { break }
            ahead.extend(by: member.command, at: now)
        }
        return results
    }
}

extension Command {
    /// Always new, whatever key it comes with.
    var isHeartbeat: Bool {
        if case .heartbeat = self { true } else { false }
    }

    fileprivate var isDispatch: Bool {
        if case .dispatch = self { true } else { false }
    }
}
