extension State {
    func create(_ specification: JobSpecification, _ draft: inout Draft) throws(Refusal) -> Answer {
        try admit(specification, now: draft.time)
        return .created(bear(specification, isProposed: false, &draft))
    }

    func suggest(_ specification: JobSpecification, _ draft: inout Draft) throws(Refusal) -> Answer {
        try admit(specification, now: draft.time)
        return .created(bear(specification, isProposed: true, &draft))
    }

    /// All or none: a clash of unique keys inside the list refuses it too, naming the number that the first of the
    /// two would have got.
    func createMany(_ list: [JobSpecification], _ draft: inout Draft) throws(Refusal) -> Answer {
        try limits.check(count: list.count, field: "jobs")
        var created: [JobID] = []
        created.reserveCapacity(list.count)
        var keys: [String: JobID] = [:]
        for specification in list {
            try admit(specification, now: draft.time)
            if let key = specification.uniqueKey, let other = keys[key] { throw .duplicate(of: other) }
            let job = bear(specification, isProposed: false, &draft)
            if let key = specification.uniqueKey { keys[key] = job }
            created.append(job)
        }
        return .createdMany(created)
    }

    private func bear(_ specification: JobSpecification, isProposed: Bool, _ draft: inout Draft) -> JobID {
        let job = JobID(jobs.count + draft.born + 1)
        draft.born += 1
        let links = BackLinks()
        draft.emit(isProposed ? .suggestionMade(job, specification) : .jobCreated(job, specification), links)
        return job
    }

    private func admit(_ specification: JobSpecification, now: Timestamp) throws(Refusal) {
        try limits.check(specification)
        if let expiresAt = specification.expiresAt, expiresAt <= now {
            throw .invalid(field: "expiresAt", problem: "must lie in the future")
        }
        if let key = specification.uniqueKey, let slot = uniqueKeys[key] {
            throw .duplicate(of: jobs[slot].id)
        }
        try admitPlacement(specification.storage.terms.values.requirements)
    }

    /// What never fits its machine would block its queue for ever.
    private func admitPlacement(_ requirements: Requirements) throws(Refusal) {
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
        let basics = specification.storage.basics
        if let key = basics.uniqueKey, uniqueKeys[key] != nil {
            throw event.contradiction("the unique key of job \(job) is in use")
        }
        let record = JobRecord(
            id: job,
            specification: specification,
            lastSequence: event.sequence,
            order: event.sequence,
            moment: event.time,
            lane: lanes.lane(queue: basics.queue, kind: basics.kind),
            state: .proposed
        )
        let slot = jobs.append(record)
        if let key = basics.uniqueKey { uniqueKeys[key] = slot }
        if isProposed { enter(slot, .proposed, at: event.time) } else { release(slot, at: event.time) }
    }

    /// To ready, or to scheduled while its run-at time lies ahead.
    mutating func release(_ slot: UInt32, at time: Timestamp) {
        if let runAt = jobs[slot].specification.storage.basics.runAt, runAt > time {
            enter(slot, .scheduled, at: runAt)
        } else {
            enter(slot, .ready, at: time)
        }
    }
}
