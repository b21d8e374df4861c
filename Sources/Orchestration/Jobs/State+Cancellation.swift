extension State {
    /// All or none; with a job that has tasks, those of them that are open are cancelled too.
    func cancel(_ list: [JobID], isForced: Bool, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try check(list, builder)
        // A task that is named beside its parent is cancelled once, in its own place.
        let named: Set<JobID> = tasks.isEmpty || list.count == 1 ? [] : Set(list)
        for job in list {
            let slot = try find(job) { state in .alreadyEnded(job, state) }
            try check(version: builder.context, slot)
            let event = builder.next
            cancel(slot, isForced: isForced, cause: 0, &builder)
            guard jobs[slot].hasTasks, let record = tasks[job] else { continue }
            for task in record.jobs(of: job) where !named.contains(JobID(task)) {
                guard let slot = jobs.slot(JobID(task)) else { continue }
                cancel(slot, isForced: isForced, cause: event, &builder)
            }
        }
        return .done
    }

    /// A job that doesn't run ends at once.
    ///
    /// A running one is asked to stop, and forced when its lease ends; asking again changes nothing
    /// and is not refused. By force the asking is over as soon as it is done.
    private func cancel(_ slot: UInt32, isForced: Bool, cause: UInt64, _ builder: inout EventBuilder) {
        let job = jobs[slot].id
        let link = BackLinks(job: jobs[slot].lastSequence)
        guard jobs[slot].state == .running else {
            return builder.emit(.jobCancelled(job, .cancelled), link, cause: cause)
        }
        let isTold = jobs[slot].isCancelRequested
        let request = builder.next
        if !isTold {
            // Never later than the lease itself: a worker that has crashed must not gain time by it.
            let deadline = isForced ? builder.time : max(jobs[slot].deadline, builder.time)
            builder.emit(.jobCancelRequested(job, deadline: deadline), link, cause: cause)
        }
        guard isForced else { return }
        var links = builder.links(slot, self)
        if !isTold { links.job = request }
        builder.emit(.jobCancelled(job, .cancelled), links, cause: isTold ? cause : request)
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
        enter(slot, next(slot, event), at: deadline)
    }

    /// Every way to the state `cancelled`: by hand, by rejection, by expiry, or forced upon a running job.
    mutating func applyCancellation(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        if jobs[slot].state == .running {
            guard jobs[slot].isCancelRequested else { throw event.contradiction("job \(job) was never told") }
            try endLease(slot, event)
        } else {
            leave(slot)
        }
        finish(slot, event)
    }
}
