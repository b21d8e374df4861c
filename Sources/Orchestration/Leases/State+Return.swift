extension State {
    /// Gives the job back for some time; the attempt is not counted.
    func snooze(_ holder: Holder, for span: TimeSpan, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        if span <= .zero { throw .invalid(field: "span", problem: "must be positive") }
        let slot = try resolve(holder, builder.context)
        let (job, token) = (jobs[slot].id, jobs[slot].token)
        giveBack(slot, .jobSnoozed(job, token, until: builder.time + span), &builder)
        return .done
    }

    /// Gives the job back at once, as a worker does that stops; the attempt is not counted.
    func release(_ holder: Holder, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        let slot = try resolve(holder, builder.context)
        giveBack(slot, .jobReleased(jobs[slot].id, jobs[slot].token), &builder)
        return .done
    }

    /// A job that was told to stop doesn't come back.
    private func giveBack(_ slot: UInt32, _ body: Event.Body, _ builder: inout EventBuilder) {
        let links = builder.links(slot, self)
        builder.emit(jobs[slot].isCancelRequested ? .jobCancelled(jobs[slot].id, .cancelled) : body, links)
    }

    /// `due` is nil for at once.
    mutating func applyReturn(
        _ job: JobID,
        _ token: LeaseToken,
        until due: Timestamp?,
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expectHeld(job, token, event)
        if jobs[slot].isCancelRequested { throw event.contradiction("job \(job) was told to stop") }
        if let due, due < event.time { throw event.contradiction("snoozed into the past") }
        try endLease(slot, event)
        jobs[slot].attempts -= 1
        enter(slot, next(slot, event), at: due ?? event.time)
    }
}
