extension State {
    /// Attributes of any live job; the rest of one that waits.
    func update(_ job: JobID, _ change: JobChange, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        if change.isEmpty { throw .invalid(field: "change", problem: "must change something") }
        try limits.check(change)
        if let requirements = change.requirements { try admitPlacement(requirements) }
        try emit(change, job, &builder)
        return .done
    }

    /// All or none; holding what is held changes nothing and is not refused.
    func setHeld(_ isHeld: Bool, _ list: [JobID], _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try check(list, builder)
        for job in list {
            do throws(Refusal) { try emit(JobChange(isHeld: isHeld), job, &builder) } catch {
                guard case .invalid("isHeld", _) = error else { throw error }
                throw .invalid(
                    field: "jobs",
                    problem: "names job \(job), which has tasks and never runs itself"
                )
            }
        }
        return .done
    }

    private func emit(_ change: JobChange, _ job: JobID, _ builder: inout EventBuilder) throws(Refusal) {
        let slot = try find(job) { state in .alreadyEnded(job, state) }
        let state = jobs[slot].state
        if change.needsWaiting, !JobStateSet.waiting.contains(state) {
            throw .wrongState(job, state, needs: [.blocked, .scheduled, .ready])
        }
        try check(version: builder.context, slot)
        if jobs[slot].hasTasks { try check(ofParent: change) }
        let expiresAt = jobs[slot].specification.expiresAt
        try limits.check(expiresAt: expiresAt, runAt: change.runAt, field: "runAt")
        if change == JobChange(isHeld: jobs[slot].isHeld) { return }
        builder.emit(.jobUpdated(job, change), BackLinks(job: jobs[slot].lastSequence))
    }

    /// A job with tasks is never dispatched, so there is nothing to keep back or to put off.
    private func check(ofParent change: JobChange) throws(Refusal) {
        let problem = "is for the tasks: a job with tasks never runs itself"
        if change.runAt != nil { throw .invalid(field: "runAt", problem: problem) }
        if change.isHeld != nil { throw .invalid(field: "isHeld", problem: problem) }
    }

    mutating func applyUpdate(_ job: JobID, _ change: JobChange, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        leave(slot)
        jobs.change(slot) { record in
            record.specification = change.applied(to: record.specification)
            if let isHeld = change.isHeld { record.isHeld = isHeld }
            record.lastSequence = event.sequence
        }
        let state = jobs[slot].state
        // One that was ready, and stays it, has been so since then.
        if change.runAt == nil || state != .scheduled && state == next(slot, event) {
            enter(slot, state, at: jobs[slot].moment)
        } else {
            advance(slot, event)
        }
    }
}

extension CoreLimits {
    fileprivate func check(_ change: JobChange) throws(Refusal) {
        if let tags = change.tags { try check(names: tags, field: "tags") }
        if let attributes = change.attributes { try check(attributes: attributes) }
        if let requirements = change.requirements { try check(requirements) }
    }
}
