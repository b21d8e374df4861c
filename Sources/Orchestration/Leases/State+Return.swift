extension State {
    /// Gives the job back for some time; the attempt is not counted.
    func snooze(_ holder: Holder, for span: Span, _ draft: inout Draft) throws(Refusal) -> Answer {
        if span <= .zero { throw .invalid(field: "span", problem: "must be positive") }
        let slot = try resolve(holder, draft.context)
        let (job, token) = (jobs[slot].id, jobs[slot].token)
        giveBack(slot, .jobSnoozed(job, token, until: draft.time + span), &draft)
        return .done
    }

    /// Gives the job back at once, as a worker does that stops; the attempt is not counted.
    func release(_ holder: Holder, _ draft: inout Draft) throws(Refusal) -> Answer {
        let slot = try resolve(holder, draft.context)
        giveBack(slot, .jobReleased(jobs[slot].id, jobs[slot].token), &draft)
        return .done
    }

    /// A job that was told to stop doesn't come back.
    private func giveBack(_ slot: UInt32, _ body: Event.Body, _ draft: inout Draft) {
        let links = draft.links(slot, self)
        draft.emit(jobs[slot].isCancelRequested ? .jobCancelled(jobs[slot].id, .cancelled) : body, links)
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
        if let due { enter(slot, .scheduled, at: due) } else { enter(slot, .ready, at: event.time) }
    }
}
