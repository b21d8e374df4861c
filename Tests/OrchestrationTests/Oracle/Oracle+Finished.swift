import Orchestration

/// Jobs that ended.
extension Oracle {
    private func ended(_ id: JobID, _ states: [JobState]) throws(Refusal) -> OracleJob {
        guard let job = job(id), !job.isPruned else { throw .notFound(id) }
        guard states.contains(job.state) else { throw .wrongState(id, job.state, needs: states) }
        try checkVersion(job)
        return job
    }

    private func ended(_ revival: FinishedJobSnapshot, _ states: [JobState]) throws(Refusal) -> OracleJob {
        let job = try ended(revival.job, states)
        guard revival.version == job.version else {
            throw .versionConflict(job.id, expected: revival.version, actual: job.version)
        }
        return job
    }

    func redrive(_ redrive: Redrive) throws(Refusal) {
        try check(list: redrive.revivals.map(\.job))
        if let patch = redrive.patch { try check(bytes: patch.bytes.count, "patch") }
        var taken: [Name: JobID] = [:]
        for revival in redrive.revivals {
            let job = try ended(revival, [.dead, .cancelled])
            if redrive.patch != nil, job.origin == .approved, !redrive.approves {
                throw .approvalNeeded(job.id)
            }
            guard let key = job.uniqueKey else { continue }
            if let owner = owner(of: key)?.id ?? taken[key], owner != job.id { throw .duplicate(of: owner) }
            taken[key] = job.id
        }
        for revival in redrive.revivals { revive(revival.job, redrive.patch) }
    }

    /// The same number, and nothing else that an attempt left behind.
    private func revive(_ id: JobID, _ patch: Payload?) {
        guard let old = job(id) else { return }
        // From its own memory, so that what was read back from the log is held against it.
        var specification = old.specification
        if let patch {
            specification.payload = patch.bytes
            specification.contentType = patch.contentType
        }
        if let expiresAt = specification.expiresAt, expiresAt <= now { specification.expiresAt = nil }
        let isProposed = old.origin == .proposed
        let redriven = JobRedriven(job: id, specification: specification, isProposed: isProposed)
        emit(.jobRedriven(redriven))
        let job = OracleJob(id, specification, sequence: sequence, at: now)
        job.origin = old.origin
        jobs[Int(id.rawValue) - 1] = job
        open.append(job)
        claimKey(job)
        job.traceparent = context.traceparent
        if job.taskCount > 0 {
            job.state = .blocked
            weighTasks(of: job)
        } else if !isProposed {
            letGo(job)
        }
        countTask(job)
    }

    func rerun(_ revival: FinishedJobSnapshot) throws(Refusal) -> JobID {
        let job = try ended(revival, [.succeeded])
        if job.taskCount > 0 { throw invalid("job") }
        var specification = plain(job.specification)
        specification.runAt = nil
        specification.expiresAt = nil
        specification.after = []
        // Only the core can say that one job repeats another.
        switch counterpart {
        case .jobCreated(_, let written)? where written.rerunOf == job.id:
            var bare = written
            bare.after = []
            if Self.equal(bare, specification, repeating: job.id) { specification = written }
        default: break
        }
        context = CommandContext(
            actor: context.actor,
            idempotencyKey: context.idempotencyKey,
            traceparent: context.traceparent
        )
        let repeated = try birth([specification], isProposed: false, insteadOf: job.id)[0].id
        if job.uniqueKey != nil { job.isKeyHolder = false }
        return repeated
    }

    /// Whether the one is the other but for what it repeats.
    private static func equal(
        _ written: JobSpecification,
        _ expected: JobSpecification,
        repeating job: JobID
    ) -> Bool {
        written.kind == expected.kind && written.queue == expected.queue
            && written.payload == expected.payload && written.priority == expected.priority
            && written.runAt == nil && written.expiresAt == nil && written.tags == expected.tags
            && written.uniqueKey == expected.uniqueKey && written.retry == expected.retry
            && written.timeouts == expected.timeouts && written.requirements == expected.requirements
            && written.concurrencyKey == expected.concurrencyKey && written.rerunOf == job
    }

    func discard(_ list: [JobID]) throws(Refusal) {
        try check(list: list)
        var found: [OracleJob] = []
        for id in list { found.append(try ended(id, [.dead])) }
        for job in found {
            emit(.jobDiscarded(job.id), job)
            job.state = .cancelled
            job.reason = .discarded
        }
    }

    func prune(_ list: [JobID]) throws(Refusal) {
        try check(list: list)
        var found: [OracleJob] = []
        for id in list { found.append(try ended(id, [.succeeded, .dead, .cancelled])) }
        for job in found { prune(job) }
    }

    func prune(_ job: OracleJob) {
        emit(.jobPruned(job.id), job)
        job.isPruned = true
        job.pruneAt = nil
        tellChildren(of: job)
        guard job.state != .succeeded, let parent = job.parent.flatMap({ self.job($0) }) else { return }
        if parent.isOpen, parent.taskRule == .wait { weighTasks(of: parent) }
    }
}
