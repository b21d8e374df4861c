extension State {
    /// Makes the event so.
    ///
    /// Throws before it changes anything; replay and the live engine both come through here.
    public mutating func apply(_ event: Event) throws(ApplyError) {
        guard event.sequence == lastSequence + 1 else {
            throw .sequenceGap(expected: lastSequence + 1, found: event.sequence)
        }
        guard event.time >= lastTime else { throw event.contradiction("time goes back") }
        try applyBody(event)
        lastSequence = event.sequence
        lastTime = event.time
    }

    private mutating func applyBody(_ event: Event) throws(ApplyError) {
        switch event.body {
        case .jobCreated(let job, let specification):
            try applyBirth(job, specification, isProposed: false, event)
        case .suggestionMade(let job, let specification):
            try applyBirth(job, specification, isProposed: true, event)
        case .suggestionApproved(let job): try applyApproval(job, event)
        case .suggestionRejected(let job): try applyCancellation(job, .rejected, event)
        case .jobExpired(let job): try applyCancellation(job, .expired, event)
        case .jobDue(let job): try applyDue(job, event)
        case .jobDispatched(let lease): try applyDispatch(lease, event)
        case .jobSucceeded(let job, let token, _): try applySuccess(job, token, event)
        case .attemptFailed(let job, let token, _): try applyLostAttempt(job, token, isCrash: false, event)
        case .leaseExpired(let job, let token): try applyLostAttempt(job, token, isCrash: true, event)
        case .jobRetried(let retry): try applyRetry(retry, event)
        case .jobDied(let job, _): try applyDeath(job, event)
        case .jobCancelled(let job, let reason): try applyCancellation(job, reason, event)
        case .jobCancelRequested(let job, let deadline): try applyCancelRequest(job, deadline, event)
        case .pointsAdded(let job, let series, let points): try applyPoints(job, series, points, event)
        case .machineRegistered(let machine): try applyRegistration(machine, event)
        case .machineStatusSet(let name, let status): try applyStatus(name, status, event)
        case .engineOpened(let opened): try applyOpening(opened, event)
        case .logQuarantined(let file): quarantined.insert(file.file)
        }
    }

    /// The slot of the live job that the event touches, in one of the states that allow it.
    func expect(_ job: JobID, in states: JobStateSet, _ event: Event) throws(ApplyError) -> UInt32 {
        guard let slot = jobs.slot(job) else { throw event.contradiction("job \(job) is not live") }
        guard states.contains(jobs[slot].state) else {
            throw event.contradiction("job \(job) is \(jobs[slot].state)")
        }
        guard jobs[slot].lastSequence == event.links.job else {
            throw event.contradiction("job \(job) was last touched by \(jobs[slot].lastSequence)")
        }
        return slot
    }

    /// Puts the job, in its new state, where that state is looked for.
    mutating func enter(_ slot: UInt32, _ state: JobState, at moment: Timestamp) {
        jobs.change(slot) { record in
            record.state = state
            record.moment = moment
        }
        if state == .ready { lanes.insert(jobs[slot].readyKey(slot: slot), lane: jobs[slot].lane) }
        if let timer = jobs[slot].timer(slot: slot) { timers.insert(timer) }
        if let expiry = jobs[slot].expiry(slot: slot) { timers.insert(expiry) }
    }

    /// Takes the job out of lane and timers.
    mutating func leave(_ slot: UInt32) {
        if jobs[slot].state == .ready { lanes.remove(jobs[slot].readyKey(slot: slot), lane: jobs[slot].lane) }
        if let timer = jobs[slot].timer(slot: slot) { timers.remove(timer) }
        if let expiry = jobs[slot].expiry(slot: slot) { timers.remove(expiry) }
    }

    /// The end of a job that is in no lane, timer or lease any more.
    mutating func finish(_ slot: UInt32, _ state: JobState, _ reason: CancellationReason?, _ event: Event) {
        if let key = jobs[slot].uniqueKey { uniqueKeys[key] = nil }
        jobs.finish(slot, as: FinishedJob(state: state, reason: reason, lastSequence: event.sequence))
    }
}

extension Event {
    func contradiction(_ problem: String) -> ApplyError {
        .contradiction(sequence: sequence, problem: problem)
    }
}
