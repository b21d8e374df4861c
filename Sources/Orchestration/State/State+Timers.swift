extension State {
    /// When ``decideDue(at:entropy:limit:into:)`` next has something to do.
    public var nextTimer: Timestamp? {
        guard let prune = prunes.first?.time else { return timers.first?.time }
        return timers.first.map { min($0.time, prune) } ?? prune
    }

    /// The events of timers due at or before `now`, oldest first, for at most `limit` jobs.
    ///
    /// Due run-at times and backoffs, unblocked jobs, jobs whose tasks have decided,
    /// expiries, expired leases, timeouts, forced cancellations; then
    /// what retention is over for. Changes nothing; the caller applies the events and asks again until none come. The
    /// events' actor is ``CommandContext/engine``.
    public func decideDue(at now: Timestamp, entropy: UInt64, limit: Int, into events: inout [Event]) {
        guard limit > 0, let first = nextTimer, first <= now else { return }
        var builder = begin(.engine, at: now, entropy: entropy, &events)
        defer { events = builder.events }
        var position = ChunkedSortedSet<TimerKey>.Position()
        var decided = 0
        while decided < limit, let timer = timers.next(&position), timer.time <= now {
            if fire(timer, &builder) { decided += 1 }
        }
        var next = ChunkedSortedSet<PruneKey>.Position()
        while decided < limit, let key = prunes.keys.next(&next), key.time <= now {
            guard let outcome = jobs.entry(key.job)?.outcome else { continue }
            builder.startCommand()
            builder.emit(.jobPruned(key.job), BackLinks(job: outcome.lastSequence))
            decided += 1
        }
    }

    /// False when another timer of the same job, earlier in the order, has decided it already.
    private func fire(_ timer: TimerKey, _ builder: inout EventBuilder) -> Bool {
        let slot = timer.slot
        builder.startCommand()
        switch timer.kind {
        case .due:
            let end = jobs[slot].end
            let hasExpired = end.map { $0 <= builder.time } ?? false
            if hasExpired, end.map({ $0 < timer.time }) ?? false { return false }
            advance(slot, hasExpired: hasExpired, &builder)
        case .expiry:
            if let due = jobs[slot].timer(slot: slot), due.time <= timer.time { return false }
            builder.emit(.jobExpired(jobs[slot].id), BackLinks(job: jobs[slot].lastSequence))
        case .deadline:
            if let end = jobs[slot].end, end < timer.time { return false }
            guard jobs[slot].isCancelRequested else {
                crash(slot, &builder)
                return true
            }
            let links = builder.links(slot, self)
            builder.emit(.jobCancelled(jobs[slot].id, .cancelled), links)
        case .timeout:
            if jobs[slot].deadline <= timer.time { return false }
            timeOut(slot, &builder)
        }
        return true
    }

    /// From scheduled or blocked to what follows.
    private func advance(_ slot: UInt32, hasExpired: Bool, _ builder: inout EventBuilder) {
        let job = jobs[slot].id
        if !hasExpired, jobs[slot].hasTasks { return conclude(slot, &builder) }
        let body: Event.Body =
            if hasExpired {
                .jobExpired(job)
            } else if jobs[slot].state == .scheduled {
                .jobDue(job)
            } else if jobs[slot].parents.failed != 0 {
                .jobDied(
                    job,
                    reason: "job \(jobs[slot].parents.failed), which it waited for, did not succeed"
                )
            } else {
                .jobUnblocked(job)
            }
        builder.emit(body, BackLinks(job: jobs[slot].lastSequence))
    }

    mutating func applyDue(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        guard jobs[slot].moment <= event.time else { throw event.contradiction("job \(job) is not due") }
        leave(slot)
        jobs[slot].lastSequence = event.sequence
        enter(slot, next(slot, event), at: event.time)
    }
}

extension CommandContext {
    /// Who acts when a timer or an opening does.
    public static let engine = CommandContext(actor: "engine")
}

/// One moment at which a job changes by itself.
struct TimerKey: Comparable, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// A run-at time or a backoff is over, or nothing is waited for any more.
        case due
        /// The job is not wanted any more unless it runs.
        case expiry
        /// A lease, or the grace of a cancellation, is over.
        case deadline
        /// An attempt, or the job, has taken all the time that it may.
        case timeout
    }

    let time: Timestamp
    let order: UInt64
    let slot: UInt32
    let kind: Kind

    /// The earliest first; among equals the one that is older in the dispatch order.
    static func < (left: TimerKey, right: TimerKey) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.order != right.order { return left.order < right.order }
        return left.kind.rawValue < right.kind.rawValue
    }
}

extension JobRecord {
    /// The timer that leads the job on from its state.
    @inline(__always)
    func timer(slot: UInt32) -> TimerKey? {
        switch state {
        case .scheduled: TimerKey(time: moment, order: order, slot: slot, kind: .due)
        case .running: TimerKey(time: deadline, order: order, slot: slot, kind: .deadline)
        case .blocked where parents.isDecided: TimerKey(time: moment, order: order, slot: slot, kind: .due)
        default: nil
        }
    }

    /// The timer that ends what has lasted too long.
    @inline(__always)
    func endTimer(slot: UInt32) -> TimerKey? {
        guard isBounded, let end else { return nil }
        return TimerKey(time: end, order: order, slot: slot, kind: state == .running ? .timeout : .expiry)
    }

    /// Proposed and waiting jobs expire; a running one times out.
    var end: Timestamp? {
        switch state {
        case .proposed: specification.storage.basics.expiresAt
        case .running:
            Self.earlier(specification.storage.terms.values.timeouts.run.map { started + $0 }, totalEnd)
        default: Self.earlier(specification.storage.basics.expiresAt, totalEnd)
        }
    }

    private static func earlier(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }
}
