extension State {
    func create(_ specification: JobSpecification, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try birth(specification, isProposed: false, &builder)
    }

    func suggest(_ specification: JobSpecification, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try birth(specification, isProposed: true, &builder)
    }

    /// All or none: a clash of unique keys inside the list counts too, with the number that the first of the two gets.
    func createMany(
        _ list: [JobSpecification],
        isProposed: Bool,
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        try limits.check(count: list.count, field: "jobs")
        var jobs: [JobID] = []
        jobs.reserveCapacity(list.count)
        var existing: [Int] = []
        var keys: [Name: JobID] = [:]
        for (index, specification) in list.enumerated() {
            let answer: (job: JobID, isExisting: Bool)
            do throws(Refusal) {
                answer = try birth(specification.independent, isProposed: isProposed, &keys, &builder)
            } catch { throw error.under("jobs[\(index)]") }
            if answer.isExisting { existing.append(jobs.count) }
            jobs.append(answer.job)
        }
        return .createdMany(jobs, existing: existing)
    }

    func birth(
        _ specification: JobSpecification,
        isProposed: Bool,
        insteadOf original: JobID? = nil,
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        var keys: [Name: JobID] = [:]
        let plain = specification.independent
        let answer = try birth(plain, isProposed: isProposed, insteadOf: original, &keys, &builder)
        return answer.isExisting ? .existing(answer.job) : .created(answer.job)
    }

    /// The new job's number, or that of the job which has its unique key; `keys` are those that the command takes so far.
    ///
    /// A clash is an event only where an idempotency key is to remember it.
    /// A job that repeats another may take over the key of that one, and is never answered with an existing one.
    func birth(
        _ specification: JobSpecification,
        isProposed: Bool,
        insteadOf original: JobID? = nil,
        _ keys: inout [Name: JobID],
        _ builder: inout EventBuilder
    ) throws(Refusal) -> (job: JobID, isExisting: Bool) {
        try admit(specification, now: builder.time)
        let specification = specification.resolved(at: builder.time)
        try limits.check(expiresAt: specification.expiresAt, runAt: specification.runAt)
        if let key = specification.uniqueKey {
            let holder = unique.holder(of: key, at: builder.time) ?? keys[key]
            if let holder, holder != original {
                guard original == nil, specification.onClash == .existing else {
                    throw .duplicate(of: holder)
                }
                if builder.context.idempotencyKey != nil { builder.emit(.jobFound(holder), BackLinks()) }
                return (holder, true)
            }
        }
        let job = JobID(jobs.count + builder.born + 1)
        builder.born += 1
        if let key = specification.uniqueKey { keys[key] = job }
        let links = BackLinks()
        builder.emit(
            isProposed ? .suggestionMade(job, specification) : .jobCreated(job, specification),
            links
        )
        return (job, false)
    }

    private func admit(_ specification: JobSpecification, now: Timestamp) throws(Refusal) {
        try limits.check(specification)
        if let expiresAt = specification.expiresAt, expiresAt <= now {
            throw .invalid(field: "expiresAt", problem: "must lie in the future")
        }
        try admit(queue: specification.queue)
        guard specification.storage.terms !== JobTerms.standard else { return }
        try admitParents(specification)
        try admitPlacement(specification.storage.terms.values.requirements)
    }

    private func admit(queue name: Name) throws(Refusal) {
        guard let queue = queues.find(name) else {
            if limits.mustConfigureQueues { throw .queueUnknown(name) }
            return
        }
        if queues[queue].status == .draining { throw .queueDraining(name) }
    }

    /// What never fits its machine would block its queue for ever.
    func admitPlacement(_ requirements: Requirements) throws(Refusal) {
        guard let name = requirements.machine, let machine = machines.find(name) else { return }
        let capacity = machines[machine].specification.cpuMillis
        if requirements.cpuMillis > capacity {
            throw .invalid(
                field: "requirements.cpuMillis",
                problem: "is above the \(capacity) of machine \(name)"
            )
        }
    }

    mutating func applyBirth(
        _ job: JobID,
        _ specification: JobSpecification,
        isProposed: Bool,
        _ event: Event
    ) throws(ApplyError) {
        guard job == jobs.nextID else { throw event.contradiction("job \(job) is not the next number") }
        guard event.links.job == 0 else { throw event.contradiction("a new job has no history") }
        if let key = specification.uniqueKey, let holder = unique.holder(of: key, at: event.time),
            holder != specification.rerunOf
        {
            throw event.contradiction("the unique key of job \(job) is in use")
        }
        try checkKin(job, specification, isProposed: isProposed, event)
        let slot = jobs.append(record(job, specification, event))
        claimKey(slot, at: event.time)
        recordTrace(job, event)
        let terms = specification.storage.terms
        if !terms.values.after.isEmpty { jobs[slot].parents = tallyParents(job, terms.values) }
        if terms.values.taskCount > 0 { beginTally(slot) }
        advance(slot, event)
    }

    /// The record of a job that begins with the event, in no state yet.
    mutating func record(_ job: JobID, _ specification: JobSpecification, _ event: Event) -> JobRecord {
        let basics = specification.storage.basics
        let queue = queues.named(basics.queue)
        return JobRecord(
            id: job,
            specification: specification,
            lastSequence: event.sequence,
            order: event.sequence,
            since: event.time,
            rank: 0,
            set: ready.set(queue: queue, kind: basics.kind),
            state: .proposed
        )
    }

    /// Keeps the trace in which the job began, or began anew, for whoever gets it.
    mutating func recordTrace(_ job: JobID, _ event: Event) {
        if let trace = event.context.traceparent { traceparents[job] = trace }
    }

    mutating func claimKey(_ slot: UInt32, at time: Timestamp) {
        guard let key = jobs[slot].uniqueKey else { return }
        unique.claim(key, jobs[slot].id, until: jobs[slot].terms.uniqueWindow.map { time + $0 })
    }
}
