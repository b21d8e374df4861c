extension State {
    /// All or none.
    func cancel(_ list: [JobID], _ draft: inout Draft) throws(Refusal) -> Answer {
        try check(list, draft)
        for job in list { try cancel(job, &draft) }
        return .done
    }

    /// A job that doesn't run ends at once.
    ///
    /// A running one is asked to stop, and forced when its lease ends; asking again changes nothing
    /// and is not refused.
    private func cancel(_ job: JobID, _ draft: inout Draft) throws(Refusal) {
        let slot = try find(job) { state in .alreadyEnded(job, state) }
        try check(version: draft.context, slot)
        let links = BackLinks(job: jobs[slot].lastSequence)
        if jobs[slot].state != .running {
            draft.emit(.jobCancelled(job, .cancelled), links)
        } else if !jobs[slot].isCancelRequested {
            // Never later than the lease itself: a worker that has crashed must not gain time by it.
            let deadline = max(jobs[slot].deadline, draft.time)
            draft.emit(.jobCancelRequested(job, deadline: deadline), links)
        }
    }

    mutating func applyCancelRequest(
        _ job: JobID,
        _ deadline: Timestamp,
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expect(job, event)
        guard !jobs[slot].isCancelRequested else { throw event.contradiction("job \(job) is told already") }
        leave(slot)
        jobs[slot].isCancelRequested = true
        jobs[slot].lastSequence = event.sequence
        enter(slot, .running, at: deadline)
    }

    /// Every way to the state `cancelled`: by hand, by rejection, by expiry, or forced upon a running job.
    mutating func applyCancellation(
        _ job: JobID,
        _ reason: CancellationReason,
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expect(job, event)
        if jobs[slot].state == .running {
            guard jobs[slot].isCancelRequested else { throw event.contradiction("job \(job) was never told") }
            try endLease(slot, event)
        } else {
            leave(slot)
        }
        finish(slot, .cancelled, reason, event)
    }
}
