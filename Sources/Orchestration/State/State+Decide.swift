extension State {
    /// Appends the events of the command, numbered from `lastSequence + 1`, to `events`, and changes nothing.
    ///
    /// The events' time is `now`, or ``lastTime`` when `now` is before it. Jitter comes from `entropy` alone.
    /// Throws the refusal, having appended nothing. An answer may come with no event at all: an empty dispatch, a
    /// second cancellation of a running job.
    public func decide(
        _ command: Command,
        _ context: CommandContext,
        at now: Timestamp,
        entropy: UInt64,
        into events: inout [Event]
    ) throws(Refusal) -> Answer {
        let mark = events.count
        var draft = begin(context, at: now, entropy: entropy, &events)
        defer { events = draft.events }
        do throws(Refusal) {
            try limits.check(context)
            return try route(command, &draft)
        } catch {
            draft.events.removeSubrange(mark...)
            throw error
        }
    }

    private func route(_ command: Command, _ draft: inout Draft) throws(Refusal) -> Answer {
        switch command {
        case .complete(let holder, let result): return try complete(holder, result, &draft)
        case .fail(let holder, let failure): return try fail(holder, failure, &draft)
        case .cancel(let list): return try cancel(list, &draft)
        case .approve(let list): return try approve(list, &draft)
        case .reject(let list): return try reject(list, &draft)
        case .addPoints(let job, let series, let points): return try addPoints(job, series, points, &draft)
        default: try draft.refuseExpectedVersion()
        }
        switch command {
        case .create(let specification): return try create(specification, &draft)
        case .createMany(let list): return try createMany(list, &draft)
        case .suggest(let specification): return try suggest(specification, &draft)
        case .dispatch(let request): return try dispatch(request, &draft)
        case .completeMany(let list): return try completeMany(list, &draft)
        case .registerMachine(let machine): return try register(machine, &draft)
        case .setMachineStatus(let name, let status): return try setStatus(name, status, &draft)
        default: preconditionFailure("every command on one job is routed above")
        }
    }

    /// A draft that owns the caller's array while it lasts, so that appending never copies it.
    func begin(
        _ context: CommandContext,
        at now: Timestamp,
        entropy: UInt64,
        _ events: inout [Event]
    ) -> Draft {
        var taken: [Event] = []
        swap(&taken, &events)
        return Draft(
            context,
            at: max(now, lastTime),
            after: lastSequence,
            entropy: entropy,
            events: taken
        )
    }

    /// The slot of a live job; for one that ended the refusal that `ended` makes of its outcome.
    func find(_ job: JobID, ended: (JobState) -> Refusal) throws(Refusal) -> UInt32 {
        guard let entry = jobs.entry(job) else { throw .notFound(job) }
        if let slot = entry.slot { return slot }
        throw entry.outcome.map { ended($0.state) } ?? .notFound(job)
    }

    /// A command on several jobs names each once, and expects no version: that belongs to one job.
    func check(_ list: [JobID], _ draft: borrowing Draft) throws(Refusal) {
        try limits.check(count: list.count, field: "jobs")
        guard list.count > 1 else { return }
        try draft.refuseExpectedVersion()
        guard Set(list).count == list.count else {
            throw .invalid(field: "jobs", problem: "names a job twice")
        }
    }

    func check(version context: CommandContext, _ slot: UInt32) throws(Refusal) {
        guard let expected = context.expectedVersion else { return }
        let actual = jobs[slot].lastSequence
        if expected != actual { throw .versionConflict(jobs[slot].id, expected: expected, actual: actual) }
    }
}
