extension State {
    /// Makes the event so.
    ///
    /// Throws before it changes anything; replay and the live engine both come through here.
    public mutating func apply(_ event: Event) throws(ApplyError) {
        guard event.sequence == lastSequence + 1 else {
            throw .sequenceGap(expected: lastSequence + 1, found: event.sequence)
        }
        guard event.time >= lastTime else { throw event.contradiction("time goes back") }
        let digest = event.context.idempotencyKey.map { KeyDigest(actor: event.context.actor, key: $0) }
        if let digest, !idempotency.accepts(digest, event) {
            let key = event.context.idempotencyKey ?? ""
            throw event.contradiction("idempotency key \(key) belongs to another command")
        }
        try applyBody(event)
        lastSequence = event.sequence
        if event.time > lastTime { pass(to: event.time) }
        if let digest { idempotency.record(digest, event) }
        if idempotency.count > 0 { idempotency.expire(at: event.time) }
    }

    private mutating func applyBody(_ event: Event) throws(ApplyError) {
        switch event.body {
        case .jobCreated(let job, let specification):
            try applyBirth(job, specification, isProposed: false, event)
        case .suggestionMade(let job, let specification):
            try applyBirth(job, specification, isProposed: true, event)
        case .suggestionApproved(let job): try applyApproval(job, event)
        case .suggestionRejected(let job): try applyCancellation(job, event)
        case .jobExpired(let job): try applyCancellation(job, event)
        case .jobUnblocked(let job): try applyUnblocking(job, event)
        case .jobDue(let job): try applyDue(job, event)
        case .jobUpdated(let job, let change): try applyUpdate(job, change, event)
        case .jobDispatched(let lease): try applyDispatch(lease, event)
        case .leaseRenewed(let job, let token): try applyRenewal(job, token, event)
        case .jobProgressed(let job, let token, _): try applyProgress(job, token, event)
        case .jobSucceeded(let job, let token, _): try applySuccess(job, token, event)
        case .attemptFailed(let job, let token, _): try applyLostAttempt(job, token, isCrash: false, event)
        case .leaseExpired(let job, let token, _): try applyLostAttempt(job, token, isCrash: true, event)
        case .jobRetried(let retry): try applyRetry(retry, event)
        case .jobDied(let job, _): try applyDeath(job, event)
        case .jobSnoozed(let job, let token, let due): try applyReturn(job, token, until: due, event)
        case .jobReleased(let job, let token): try applyReturn(job, token, until: nil, event)
        case .jobCancelled(let job, _): try applyCancellation(job, event)
        case .jobCancelRequested(let job, let deadline): try applyCancelRequest(job, deadline, event)
        case .jobRedriven(let redriven): try applyRedrive(redriven, event)
        case .jobDiscarded(let job): try applyDiscard(job, event)
        case .jobPruned(let job): try applyPruning(job, event)
        case .pointsAdded(let job, let series, let points): try applyPoints(job, series, points, event)
        case .queueConfigured(let queue): applyConfiguration(queue, event)
        case .queueStatusSet(let name, let status): try applyStatus(queue: name, status, event)
        case .workerRegistered(let worker): try applyRegistration(worker, event)
        case .workerDrained(let name): try applyDrain(name, event)
        case .machineRegistered(let machine): try applyRegistration(machine, event)
        case .machineStatusSet(let name, let status): try applyStatus(name, status, event)
        case .engineOpened(let opened): try applyOpening(opened, event)
        case .clockJumped: break
        case .jobFound(let job):
            if jobs.entry(job) == nil { throw event.contradiction("there is no job \(job)") }
        case .logQuarantined(let file): quarantined.insert(Name(file.file))
        }
    }

    /// What time alone changes: queues get tokens again, windows of unique keys end.
    private mutating func pass(to time: Timestamp) {
        lastTime = time
        if let refill = refills.first, refill.time <= time { refillQueues(at: time) }
        if let expiry = unique.expiries.first, expiry.time <= time { unique.expire(at: time) }
    }

    /// The slot of the live job that the event touches, in a state that the event's ``LifeStep`` allows.
    func expect(_ job: JobID, _ event: Event) throws(ApplyError) -> UInt32 {
        guard let slot = jobs.slot(job) else { throw event.contradiction("job \(job) is not live") }
        guard let step = event.body.step, step.from.contains(jobs[slot].state) else {
            throw event.contradiction("job \(job) is \(jobs[slot].state)")
        }
        guard jobs[slot].lastSequence == event.links.job else {
            throw event.contradiction("job \(job) was last touched by \(jobs[slot].lastSequence)")
        }
        return slot
    }

    /// The state to which the event leads the job.
    func next(_ slot: UInt32, _ event: Event) -> JobState {
        event.body.step.map { next(slot, $0, event) } ?? jobs[slot].state
    }

    private func next(_ slot: UInt32, _ step: LifeStep, _ event: Event) -> JobState {
        // Most events lead to one state, whatever the job is.
        if case .state(let state) = step.to { return state }
        let (state, prospects) = (jobs[slot].state, JobProspects(jobs[slot].specification))
        return step.state(after: state, prospects, at: event.time) ?? state
    }

    /// Moves a job by the event to where it waits.
    mutating func advance(_ slot: UInt32, _ event: Event) {
        let state = next(slot, event)
        let runAt = jobs[slot].specification.storage.basics.runAt
        enter(slot, state, at: state == .scheduled ? runAt ?? event.time : event.time)
    }

    /// Puts the job, in its new state, where that state is looked for.
    mutating func enter(_ slot: UInt32, _ state: JobState, at moment: Timestamp) {
        jobs.change(slot) { record in
            record.state = state
            record.moment = moment
        }
        if state == .ready { queueUp(slot) }
        if let timer = jobs[slot].timer(slot: slot) { timers.insert(timer) }
        if let end = jobs[slot].endTimer(slot: slot) { timers.insert(end) }
    }

    /// Takes the job out of the ready ones and the timers.
    mutating func leave(_ slot: UInt32) {
        if jobs[slot].state == .ready, !jobs[slot].isHeld {
            ready.remove(
                jobs[slot].readyKey(slot: slot),
                set: jobs[slot].set,
                lane: jobs[slot].concurrencyKey
            )
        }
        if let timer = jobs[slot].timer(slot: slot) { timers.remove(timer) }
        if let end = jobs[slot].endTimer(slot: slot) { timers.remove(end) }
    }

    private mutating func queueUp(_ slot: UInt32) {
        let set = jobs[slot].set
        let queue = ready.sets[Int(set)].queue
        let (priority, since) = (jobs[slot].priority, jobs[slot].since)
        jobs[slot].rank = queues.rank(in: queue, priority, since: since)
        guard !jobs[slot].isHeld else { return }
        let key = jobs[slot].concurrencyKey
        let isClosed = key.map { queues.available(in: queue, for: $0) == 0 } ?? false
        ready.insert(jobs[slot].readyKey(slot: slot), set: set, lane: key, isClosed: isClosed)
        availability &+= 1
    }

    /// The end of a job that is in no set, timer or lease any more.
    mutating func finish(_ slot: UInt32, _ event: Event) {
        guard let step = event.body.step else { return }
        let (job, state, reason) = (jobs[slot].id, next(slot, step, event), step.reason)
        let parent = jobs[slot].parent
        if let key = jobs[slot].uniqueKey { unique.end(key, at: event.time) }
        if state == .succeeded, jobs[slot].hasTasks { forgetTasks(of: job) }
        if !traceparents.isEmpty { traceparents[job] = nil }
        let queue = ready.sets[Int(jobs[slot].set)].queue
        jobs.finish(slot, as: FinishedJob(state: state, reason: reason, lastSequence: event.sequence))
        retain(job, state, in: queue, event)
        updateDependants(of: job, state, at: event.time)
        if let parent { countEnd(of: job, of: parent, state, event) }
    }
}

extension Event {
    func contradiction(_ problem: String) -> ApplyError {
        .contradiction(sequence: sequence, problem: problem)
    }
}

/// An event that cannot follow the state it was given to.
///
/// The state is as it was before.
public enum ApplyError: Error, Sendable, Hashable {
    /// An event is missing, or comes twice.
    case sequenceGap(expected: UInt64, found: UInt64)
    /// The event says something that the events before it rule out.
    case contradiction(sequence: UInt64, problem: String)

    /// Where in the log the contradiction is.
    public var sequence: UInt64 {
        switch self {
        case .sequenceGap(_, let found): found
        case .contradiction(let sequence, _): sequence
        }
    }
}

extension ApplyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .sequenceGap(let expected, let found): "sequence \(found) stands where \(expected) should"
        case .contradiction(let sequence, let problem): "sequence \(sequence): \(problem)"
        }
    }
}
