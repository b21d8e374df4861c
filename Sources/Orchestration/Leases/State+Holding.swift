extension State {
    /// The slot of the running job that the holder speaks for.
    ///
    /// By token: `leaseLost` unless it is the newest of a running job. By job: `notFound`, `alreadyEnded` or
    /// `notRunning`.
    func resolve(_ holder: Holder, _ context: CommandContext) throws(Refusal) -> UInt32 {
        let slot: UInt32
        switch holder {
        case .lease(let token):
            guard let found = leases[token.counter], jobs[found].token == token else {
                throw .leaseLost(token)
            }
            slot = found
        case .job(let job):
            slot = try find(job) { state in .alreadyEnded(job, state) }
            guard jobs[slot].state == .running else { throw .notRunning(job, jobs[slot].state) }
        }
        try check(version: context, slot)
        return slot
    }

    /// Takes the lease from a running job, after everything that the event says of it was found true.
    ///
    /// The job is then in no lane, timer or lease; the caller puts it where it goes next.
    mutating func endLease(_ slot: UInt32, _ event: Event) throws(ApplyError) {
        let worker = jobs[slot].worker
        let machine = jobs[slot].machine
        guard workers[worker].lastSequence == event.links.worker else {
            throw event.contradiction("the worker was last touched by \(workers[worker].lastSequence)")
        }
        if machine == JobRecord.none {
            guard event.links.machine == 0 else { throw event.contradiction("a link to no machine") }
        } else {
            guard machines[machine].lastSequence == event.links.machine else {
                throw event.contradiction("the machine was last touched by \(machines[machine].lastSequence)")
            }
            machines[machine].leasedCPUMillis -= jobs[slot].cpuMillis
            machines[machine].lastSequence = event.sequence
        }
        workers[worker].lastSequence = event.sequence
        // A slot, or room on a machine, that somebody may have waited for.
        if machine != JobRecord.none || workers[worker].available(1) == 0 { availability &+= 1 }
        workers[worker].running -= 1
        leave(slot)
        leases[jobs[slot].token.counter] = nil
        idempotency.endLease(jobs[slot].token.counter)
        jobs.change(slot) { record in
            record.worker = JobRecord.none
            record.machine = JobRecord.none
            record.lastHeartbeat = .zero
            record.lastSequence = event.sequence
        }
        endIn(ready.sets[Int(jobs[slot].set)].queue, key: jobs[slot].concurrencyKey, at: event.time)
    }

    func expectHeld(_ job: JobID, _ token: LeaseToken, _ event: Event) throws(ApplyError) -> UInt32 {
        let slot = try expect(job, event)
        guard jobs[slot].token == token else { throw event.contradiction("token \(token) is not the newest") }
        return slot
    }
}
