import Orchestration

/// Jobs that begin.
extension Oracle {
    /// What became of one that was to begin: another has its key, or it is new.
    struct Begun {
        let id: JobID
        var isExisting = false
    }

    func births(_ list: [JobSpecification], isProposed: Bool) throws(Refusal) -> [Begun] {
        try refuseVersion()
        try check(count: list.count, "jobs")
        return try birth(list.map(plain), isProposed: isProposed) { "jobs[\($0)]." }
    }

    static func list(_ begun: [Begun]) -> CommandResult {
        .createdMany(begun.map(\.id), existing: begun.indices.filter { begun[$0].isExisting })
    }

    static func one(_ begun: Begun) -> CommandResult {
        begun.isExisting ? .existing(begun.id) : .created(begun.id)
    }

    /// Nobody makes a job a task, or a parent, by saying so.
    func plain(_ specification: JobSpecification) -> JobSpecification {
        var plain = specification
        plain.parent = nil
        plain.taskCount = 0
        return plain
    }

    /// All or none; a key that one of the list takes is taken for the rest of it.
    ///
    /// Who asks with an idempotency key and gets a job that is there leaves that in the log.
    ///
    /// A job that repeats `original` takes the key over from it, and is never answered with another one.
    func birth(
        _ list: [JobSpecification],
        isProposed: Bool,
        insteadOf original: JobID? = nil,
        place: (Int) -> String = { _ in "" }
    ) throws(Refusal) -> [Begun] {
        try refuseVersion()
        var answer: [Begun] = []
        var born: UInt64 = 0
        var taken: [Name: JobID] = [:]
        for (index, specification) in list.enumerated() {
            do throws(Refusal) { try admit(specification) } catch { throw error.at(place(index)) }
            let key = specification.uniqueKey
            if let key, let owner = owner(of: key)?.id ?? taken[key], owner != original {
                guard specification.onClash == .existing, original == nil else { throw .duplicate(of: owner) }
                answer.append(Begun(id: owner, isExisting: true))
                continue
            }
            born += 1
            let id = JobID(UInt64(jobs.count) + born)
            if let key { taken[key] = id }
            answer.append(Begun(id: id))
        }
        for (specification, begun) in zip(list, answer) {
            if !begun.isExisting {
                bear(specification, isProposed: isProposed)
            } else if context.idempotencyKey != nil {
                emit(.jobFound(begun.id))
            }
        }
        return answer
    }

    private func admit(_ specification: JobSpecification) throws(Refusal) {
        try check(specification)
        if let queue = queues[specification.queue] {
            if queue.status == .draining { throw .queueDraining(specification.queue) }
        } else if limits.mustConfigureQueues {
            throw .queueUnknown(specification.queue)
        }
        let parents = specification.after
        if Set(parents).count < parents.count { throw invalid("after") }
        for parent in parents {
            guard let parent = job(parent), !parent.isPruned else { throw .notFound(parent) }
        }
        let requirements = specification.requirements
        try checkPlacement(cpuMillis: requirements.cpuMillis, pinned: requirements.machine)
        let runAt = specification.runAt ?? specification.delay.map { now + $0 }
        if let runAt, let expiresAt = specification.expiresAt, runAt > expiresAt {
            throw invalid("expiresAt")
        }
    }

    /// The job that is open with the key, or that ended inside its window.
    func owner(of key: Name) -> OracleJob? {
        jobs.first { job in
            guard job.isKeyHolder, job.uniqueKey == key else { return false }
            return job.isOpen || job.keyUntil.map { $0 > now } ?? false
        }
    }

    func claimKey(_ job: OracleJob) {
        guard let key = job.uniqueKey else { return }
        for other in jobs where other.isKeyHolder && other.uniqueKey == key { other.isKeyHolder = false }
        job.isKeyHolder = true
    }

    private func bear(_ asked: JobSpecification, isProposed: Bool) {
        var specification = asked
        if let delay = asked.delay { (specification.runAt, specification.delay) = (now + delay, nil) }
        let id = JobID(UInt64(jobs.count + 1))
        emit(isProposed ? .suggestionMade(id, specification) : .jobCreated(id, specification))
        let job = OracleJob(id, specification, sequence: sequence, at: now)
        job.traceparent = context.traceparent
        if queues[job.queue] == nil {
            queues[job.queue] = OracleQueue(specification: QueueSpecification(name: job.queue))
        }
        jobs.append(job)
        open.append(job)
        claimKey(job)
        if job.taskCount > 0 { weighTasks(of: job) } else { weighParents(job) }
        if isProposed {
            job.origin = .proposed
        } else {
            begin(job)
        }
    }

    /// Whom it waits for, by how those stand now.
    func weighParents(_ job: OracleJob) {
        job.parents = []
        job.fatalParents = []
        for parent in job.after {
            guard let found = self.job(parent) else { continue }
            if found.isOpen {
                job.parents.insert(parent)
            } else {
                weigh(found, for: job)
            }
        }
    }

    /// What the end of a job is to one that waits for it.
    private func weigh(_ parent: OracleJob, for job: OracleJob) {
        if parent.state == .succeeded || job.rule == .ignore {
            job.parents.remove(parent.id)
        } else if parent.isPruned || job.rule == .fail {
            job.parents.insert(parent.id)
            job.fatalParents.append(parent.id)
        } else {
            job.parents.insert(parent.id)
        }
    }

    /// Tells those who wait for a job that it ended; those who wait for its redrive, that it is gone.
    func tellChildren(of parent: OracleJob) {
        for child in open where child.taskCount == 0 && child.parents.contains(parent.id) {
            if parent.isPruned, child.rule != .wait { continue }
            // Whatever becomes of a parent after an end that was fatal.
            if child.fatalParents.contains(parent.id) { continue }
            weigh(parent, for: child)
            let isTold = parent.state == .succeeded || child.rule != .wait || parent.isPruned
            if isTold, child.state == .blocked { child.moment = now }
        }
    }

    /// To blocked, scheduled or ready.
    func begin(_ job: OracleJob) {
        guard job.after.isEmpty, job.taskCount == 0 else {
            job.state = .blocked
            job.moment = now
            return
        }
        letGo(job)
    }

    /// To scheduled while its time is ahead, else to ready.
    func letGo(_ job: OracleJob) {
        if let runAt = job.runAt, runAt > now {
            job.state = .scheduled
            job.moment = runAt
        } else {
            makeReady(job)
        }
    }

    func makeReady(_ job: OracleJob) {
        job.state = .ready
        job.moment = now
    }
}

extension Refusal {
    /// The same of a field that stands in an item of a list.
    fileprivate func at(_ place: String) -> Refusal {
        switch self {
        case .invalid(let field, let problem): .invalid(field: place + field, problem: problem)
        case .payloadTooLarge(let field, let bytes, let limit):
            .payloadTooLarge(field: place + field, bytes: bytes, limit: limit)
        default: self
        }
    }
}
