import Orchestration

/// Commands that go together.
extension Oracle {
    /// Why a group is refused as a whole, if it is.
    func predict(check group: CommandGroup, at moment: Timestamp) -> Result<Void, Refusal> {
        predict(at: moment, []) { () throws(Refusal) in _ = try judge(group) }
    }

    /// All or none: what the members before a refusal did is undone.
    func predict(
        together group: CommandGroup,
        at moment: Timestamp,
        written: [Event]
    ) -> Result<[CommandResult], Refusal> {
        let before = copy()
        return predict(at: moment, written) { () throws(Refusal) in
            let memory = try judge(group)
            let first = memory?.command ?? sequence + 1
            var answers: [CommandResult] = []
            for (index, member) in group.members.enumerated() {
                let part = memory?.parts[UInt32(index)]
                let isDispatch = if case .dispatch = member.command { true } else { false }
                if memory != nil, part != nil || !isDispatch {
                    answers.append(answer(member.command, part))
                    continue
                }
                do throws(Refusal) {
                    context = group.context.with(member)
                    answers.append(
                        try write(member.command, member: UInt32(index), of: .group(group), from: first)
                    )
                } catch {
                    become(before)
                    throw .member(index, error)
                }
            }
            return answers
        }
    }

    /// One of a group whose commands have an outcome each.
    func predict(
        member index: Int,
        of group: CommandGroup,
        at moment: Timestamp,
        written: [Event]
    ) -> Result<CommandResult, Refusal> {
        let member = group.members[index]
        guard group.context.idempotencyKey != nil else {
            return predict(member.command, group.context.with(member), at: moment, written: written)
        }
        return predict(at: moment, written) { () throws(Refusal) in
            context = group.context.with(member)
            let memory = try memory(of: .group(group))
            if let part = memory?.parts[UInt32(index)] { return answer(member.command, part) }
            return try write(member.command, member: UInt32(index), of: .group(group), from: memory?.command)
        }
    }

    /// Refuses what no group may be, or gives what its key is remembered for.
    private func judge(_ group: CommandGroup) throws(Refusal) -> OracleMemory? {
        context = group.context
        let isKeyed = context.idempotencyKey != nil
        try check(context)
        try refuseVersion()
        try check(count: group.members.count, "commands")
        for (index, member) in group.members.enumerated() {
            if let field = fault(member.command, isLast: index == group.members.count - 1, group) {
                throw .member(index, invalid(field))
            }
        }
        let memory = try memory(of: .group(group))
        if memory == nil, isKeyed { try checkSlot() }
        return memory
    }

    /// The field by which a command doesn't belong into the group.
    private func fault(_ command: Command, isLast: Bool, _ group: CommandGroup) -> String? {
        let isKeyed = group.context.idempotencyKey != nil
        switch (command, group.kind) {
        case (.dispatch(let request), .each): return request.wait > .zero && !isLast ? "wait" : nil
        case (.dispatch(let request), .together): return request.wait > .zero ? "wait" : nil
        case (.heartbeat, _): return isKeyed ? "idempotencyKey" : nil
        default: return nil
        }
    }
}

extension CommandContext {
    fileprivate func with(_ member: CommandGroup.Member) -> CommandContext {
        CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            reason: member.reason ?? reason,
            traceparent: traceparent,
            expectedVersion: member.expectedVersion
        )
    }
}

extension Oracle {
    /// Everything that a command may change, with jobs of its own.
    private func copy() -> Oracle {
        let copy = Oracle(limits: limits)
        copy.jobs = jobs.map { OracleJob(copying: $0) }
        copy.open = open.map { copy.jobs[Int($0.id.rawValue) - 1] }
        copy.become(self, keepingJobs: true)
        return copy
    }

    private func become(_ other: Oracle, keepingJobs: Bool = false) {
        if !keepingJobs { (jobs, open) = (other.jobs, other.open) }
        (now, sequence, epoch, bounds) = (other.now, other.sequence, other.epoch, other.bounds)
        (queues, workers, machines, memories) = (other.queues, other.workers, other.machines, other.memories)
    }
}
