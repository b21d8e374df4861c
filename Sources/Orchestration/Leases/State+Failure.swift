extension State {
    /// The attempt's failure, then what becomes of the job: cancelled when that was asked for, else retried or dead.
    func fail(_ holder: Holder, _ failure: Failure, _ draft: inout Draft) throws(Refusal) -> Answer {
        try limits.check(failure)
        let slot = try resolve(holder, draft.context)
        let job = jobs[slot].id
        let cause = draft.next
        let links = draft.links(slot, self)
        draft.emit(.attemptFailed(job, jobs[slot].token, failure), links)
        let failures = jobs[slot].failures + 1
        let policy = jobs[slot].terms.retry
        let end: String? =
            if !failure.isRetryable || policy.nonRetryable.contains(failure.type) {
                "error is not retryable"
            } else if failures >= policy.maxAttempts {
                "attempts used up"
            } else { nil }
        follow(slot, cause, tries: failures, end: end, &draft)
        return .done
    }

    /// An expired lease is a crash: it has its own cap, and delays grow with the crashes.
    func crash(_ slot: UInt32, _ draft: inout Draft) {
        let cause = draft.next
        let links = draft.links(slot, self)
        draft.emit(.leaseExpired(jobs[slot].id, jobs[slot].token), links)
        let crashes = jobs[slot].crashes + 1
        let isEnd = crashes > jobs[slot].terms.retry.maxCrashes
        follow(slot, cause, tries: crashes, end: isEnd ? "crashes used up" : nil, &draft)
    }

    private func follow(_ slot: UInt32, _ cause: UInt64, tries: UInt32, end: String?, _ draft: inout Draft) {
        let job = jobs[slot].id
        let body: Event.Body =
            if jobs[slot].isCancelRequested {
                .jobCancelled(job, .cancelled)
            } else if let end {
                .jobDied(job, reason: end)
            } else {
                .jobRetried(
                    Backoff(jobs[slot].terms.retry, tries: tries, fraction: draft.random.fraction())
                        .retry(job, at: draft.time)
                )
            }
        draft.emit(body, BackLinks(job: cause), cause: cause)
    }

    /// Ends the attempt.
    ///
    /// Until the event that follows from this one, the job is scheduled for at once.
    mutating func applyLostAttempt(
        _ job: JobID,
        _ token: LeaseToken,
        isCrash: Bool,
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expectHeld(job, token, event)
        try endLease(slot, event)
        if isCrash { jobs[slot].crashes += 1 } else { jobs[slot].failures += 1 }
        enter(slot, .scheduled, at: event.time)
    }

    mutating func applyRetry(_ retry: JobRetried, _ event: Event) throws(ApplyError) {
        let slot = try expectLost(retry.job, event)
        guard retry.due >= event.time else { throw event.contradiction("a retry in the past") }
        leave(slot)
        jobs[slot].lastSequence = event.sequence
        enter(slot, .scheduled, at: retry.due)
    }

    mutating func applyDeath(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expectLost(job, event)
        leave(slot)
        finish(slot, .dead, nil, event)
    }

    /// A job whose attempt was lost by the event before.
    private func expectLost(_ job: JobID, _ event: Event) throws(ApplyError) -> UInt32 {
        let slot = try expect(job, in: .scheduled, event)
        guard event.cause != 0, event.cause == jobs[slot].lastSequence else {
            throw event.contradiction("job \(job) lost no attempt just before")
        }
        return slot
    }
}
