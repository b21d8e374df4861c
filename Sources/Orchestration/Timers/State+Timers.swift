extension State {
    /// When ``decideDue(at:entropy:limit:into:)`` next has something to do.
    public var nextTimer: Timestamp? { timers.first?.time }

    /// The events of timers due at or before `now`, oldest first, for at most `limit` jobs.
    ///
    /// Due run-at times and backoffs, expiries, expired leases, forced cancellations. Changes nothing; the caller
    /// applies the events and asks again until none come. The events' actor is ``CommandContext/engine``.
    public func decideDue(at now: Timestamp, entropy: UInt64, limit: Int, into events: inout [Event]) {
        guard limit > 0, let first = timers.first, first.time <= now else { return }
        var draft = begin(.engine, at: now, entropy: entropy, &events)
        defer { events = draft.events }
        var position = SortedRun<TimerKey>.Position()
        var decided = 0
        while decided < limit, let timer = timers.next(&position), timer.time <= now {
            if elapse(timer, &draft) { decided += 1 }
        }
    }

    /// False when another timer of the same job, earlier in the order, has settled it already.
    private func elapse(_ timer: TimerKey, _ draft: inout Draft) -> Bool {
        let record = jobs[timer.slot]
        draft.startCommand()
        switch timer.kind {
        case .due:
            let hasExpired = record.expiresAt.map { $0 <= draft.time } ?? false
            if hasExpired, record.expiresAt.map({ $0 < timer.time }) ?? false { return false }
            draft.emit(
                hasExpired ? .jobExpired(record.id) : .jobDue(record.id),
                BackLinks(job: record.lastSequence)
            )
        case .expiry:
            if record.state == .scheduled, record.moment <= timer.time { return false }
            draft.emit(.jobExpired(record.id), BackLinks(job: record.lastSequence))
        case .deadline:
            guard record.isCancelRequested else {
                crash(timer.slot, &draft)
                return true
            }
            let links = draft.links(timer.slot, self)
            draft.emit(.jobCancelled(record.id, .cancelled), links)
        }
        return true
    }

    mutating func applyDue(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, in: .scheduled, event)
        guard jobs[slot].moment <= event.time else { throw event.contradiction("job \(job) is not due") }
        leave(slot)
        jobs[slot].lastSequence = event.sequence
        enter(slot, .ready, at: event.time)
    }
}

extension CommandContext {
    /// Who acts when a timer or an opening does.
    public static let engine = CommandContext(actor: "engine")
}
