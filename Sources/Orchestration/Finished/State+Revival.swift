extension State {
    /// All or none: dead and cancelled jobs begin anew under their own numbers.
    func redrive(_ command: Redrive, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try check(command.revivals.map(\.job), builder)
        if let patch = command.patch { try limits.check(patch, field: "patch") }
        var keys: [Name: JobID] = [:]
        for revival in command.revivals {
            let outcome = try finished(revival, among: [.dead, .cancelled], builder)
            if command.patch != nil, revival.origin == .approved, !command.approves {
                throw .approvalNeeded(revival.job)
            }
            var specification = revival.specification
            if let patch = command.patch {
                specification.payload = patch.bytes
                specification.contentType = patch.contentType
            }
            // It would expire at once, and nobody could redrive it.
            if let expiresAt = specification.expiresAt, expiresAt <= builder.time {
                specification.expiresAt = nil
            }
            if let key = specification.uniqueKey {
                let holder = unique.holder(of: key, at: builder.time) ?? keys[key]
                if let holder, holder != revival.job { throw .duplicate(of: holder) }
                keys[key] = revival.job
            }
            let redriven = JobRedriven(
                job: revival.job,
                specification: specification,
                isProposed: revival.origin == .proposed
            )
            builder.emit(.jobRedriven(redriven), BackLinks(job: outcome.lastSequence))
        }
        return .done
    }

    /// A new job like one that succeeded.
    func rerun(_ revival: FinishedJobSnapshot, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult
    {
        _ = try finished(revival, among: [.succeeded], builder)
        if revival.specification.taskCount > 0 {
            throw .invalid(field: "job", problem: "has tasks; create it anew together with them")
        }
        var specification = revival.specification
        specification.rerunOf = revival.job
        // What named moments and jobs of the first run means nothing for the second.
        specification.runAt = nil
        specification.expiresAt = nil
        specification.after = []
        // Older logs have jobs that say of a unique key what they don't have; they can be run again all the same.
        if specification.uniqueKey == nil {
            specification.uniqueWindow = nil
            specification.onClash = .refuse
        }
        return try birth(specification, isProposed: false, insteadOf: revival.job, &builder)
    }

    /// All or none: dead jobs that nobody will redrive.
    func discard(_ list: [JobID], _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try check(list, builder)
        for job in list {
            let outcome = try finished(job, among: [.dead], builder)
            builder.emit(.jobDiscarded(job), BackLinks(job: outcome.lastSequence))
        }
        return .done
    }

    private func finished(
        _ revival: FinishedJobSnapshot,
        among states: [JobState],
        _ builder: borrowing EventBuilder
    ) throws(Refusal) -> FinishedJob {
        let outcome = try finished(revival.job, among: states, builder)
        guard outcome.lastSequence == revival.version else {
            throw .versionConflict(revival.job, expected: revival.version, actual: outcome.lastSequence)
        }
        return outcome
    }

    mutating func applyRedrive(_ redriven: JobRedriven, _ event: Event) throws(ApplyError) {
        _ = try expectFinished(redriven.job, event)
        let basics = redriven.specification.storage.basics
        if let key = basics.uniqueKey, let holder = unique.holder(of: key, at: event.time),
            holder != redriven.job
        {
            throw event.contradiction("the unique key of job \(redriven.job) is in use")
        }
        try checkRecount(redriven, event)
        let slot = jobs.revive(record(redriven.job, redriven.specification, event))
        claimKey(slot, at: event.time)
        recordTrace(redriven.job, event)
        prunes.remove(redriven.job)
        advance(slot, event)
        if jobs[slot].hasTasks {
            tasks[redriven.job]?.decision = 0
            decideParent(of: redriven.job, event)
        }
        if let parent = jobs[slot].parent { countRedrive(of: redriven.job, of: parent, event) }
    }

    mutating func applyDiscard(_ job: JobID, _ event: Event) throws(ApplyError) {
        _ = try expectFinished(job, event)
        guard let step = event.body.step, case .state(let state) = step.to else { return }
        jobs.close(job, as: FinishedJob(state: state, reason: step.reason, lastSequence: event.sequence))
    }
}

/// Jobs that are to run again, all or none.
public struct Redrive: Sendable, Hashable {
    /// The jobs, as the log tells of them.
    public var revivals: [FinishedJobSnapshot]
    /// Replaces the payload of each; nil leaves them as they are.
    public var patch: Payload?
    /// Whether who asks may approve suggestions: a patched payload that somebody approved needs that.
    public var approves: Bool

    package init(_ revivals: [FinishedJobSnapshot], patch: Payload? = nil, approves: Bool = false) {
        self.revivals = revivals
        self.patch = patch
        self.approves = approves
    }
}

/// A finished job begins anew, with no attempt counted.
public struct JobRedriven: Sendable, Hashable {
    /// The job.
    public var job: JobID
    /// What it is from here on.
    public var specification: JobSpecification
    /// A suggestion that was never approved waits for that again.
    public var isProposed: Bool

    /// A job that begins anew.
    public init(job: JobID, specification: JobSpecification, isProposed: Bool) {
        self.job = job
        self.specification = specification
        self.isProposed = isProposed
    }
}
