extension State {
    /// Appends the events of the command, numbered from `lastSequence + 1`, to `events`, and changes nothing.
    ///
    /// The events' time is `now`, or ``lastTime`` when `now` is before it. Jitter comes from `entropy` alone.
    /// Throws the refusal, having appended nothing. An answer may come with no event at all: an empty dispatch, a
    /// second cancellation of a running job, a command whose idempotency key was used for it before.
    public func decide(
        _ command: Command,
        _ context: CommandContext,
        at now: Timestamp,
        entropy: UInt64,
        into events: inout [Event]
    ) throws(Refusal) -> CommandResult {
        try limits.check(context)
        guard context.idempotencyKey != nil else {
            return try write(command, context, at: now, entropy: entropy, into: &events)
        }
        let marked = context.marked(for: command)
        if let found = try remembered(marked, at: now) { return answer(command, found.run(of: 0)) }
        if command.isOnLease, context.request == nil {
            let unremembered = marked.marked(key: marked.idempotencyKey, 0)
            return try write(command, unremembered, at: now, entropy: entropy, into: &events)
        }
        if command.takesSlot { try admitKey(marked, at: now) }
        return try write(command, marked, at: now, entropy: entropy, into: &events)
    }

    /// The same for a command that no key has an answer for; `first` is where the group begins that it is a member of.
    func write(
        _ command: Command,
        _ context: CommandContext,
        member: UInt32 = 0,
        of first: UInt64? = nil,
        at now: Timestamp,
        entropy: UInt64,
        into events: inout [Event]
    ) throws(Refusal) -> CommandResult {
        let mark = events.count
        var builder = begin(context, member: member, of: first, at: now, entropy: entropy, &events)
        defer { events = builder.events }
        do throws(Refusal) {
            return try route(command, &builder)
        } catch {
            builder.events.removeSubrange(mark...)
            throw error
        }
    }

    private func route(_ command: Command, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        if !command.concernsJobs { try builder.refuseExpectedVersion() }
        return switch command {
        case .create(let specification): try create(specification, &builder)
        case .createMany(let list): try createMany(list, isProposed: false, &builder)
        case .createWithTasks(let specification, let tasks):
            try create(specification, tasks: tasks, &builder)
        case .suggest(let specification): try suggest(specification, &builder)
        case .suggestMany(let list): try createMany(list, isProposed: true, &builder)
        case .approve(let list): try approve(list, &builder)
        case .reject(let list): try reject(list, &builder)
        case .update(let job, let change): try update(job, change, &builder)
        case .hold(let list): try setHeld(true, list, &builder)
        case .unhold(let list): try setHeld(false, list, &builder)
        case .cancel(let list, let isForced): try cancel(list, isForced: isForced, &builder)
        case .addPoints(let job, let series, let points): try addPoints(job, series, points, &builder)
        case .redrive(let redrive): try self.redrive(redrive, &builder)
        case .rerun(let revival): try rerun(revival, &builder)
        case .discard(let list): try discard(list, &builder)
        case .prune(let list): try prune(list, &builder)
        case .dispatch(let request): try dispatch(request, &builder)
        case .start(let job, let worker, let lease): try start(job, worker: worker, lease: lease, &builder)
        case .heartbeat(let token, let progress): try heartbeat(token, progress, &builder)
        case .complete(let holder, let result): try complete(holder, result, &builder)
        case .completeMany(let list): try completeMany(list, &builder)
        case .fail(let holder, let failure): try fail(holder, failure, &builder)
        case .snooze(let holder, let span): try snooze(holder, for: span, &builder)
        case .release(let holder): try release(holder, &builder)
        case .registerWorker(let worker): try register(worker, &builder)
        case .drainWorker(let name): try drain(worker: name, &builder)
        case .configureQueue(let queue): try configure(queue, &builder)
        case .setQueueStatus(let name, let status): try setStatus(queue: name, status, &builder)
        case .registerMachine(let machine, let isNew): try register(machine, isNew: isNew, &builder)
        case .setMachineStatus(let name, let status): try setStatus(name, status, &builder)
        }
    }

    /// A builder that owns the caller's array while it lasts, so that appending never copies it.
    func begin(
        _ context: CommandContext,
        member: UInt32 = 0,
        of first: UInt64? = nil,
        at now: Timestamp,
        entropy: UInt64,
        _ events: inout [Event]
    ) -> EventBuilder {
        var taken: [Event] = []
        swap(&taken, &events)
        return EventBuilder(
            context,
            at: max(now, lastTime),
            after: lastSequence,
            member: member,
            of: first,
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
    func check(_ list: [JobID], _ builder: borrowing EventBuilder) throws(Refusal) {
        try limits.check(count: list.count, field: "jobs")
        guard list.count > 1 else { return }
        try builder.refuseExpectedVersion()
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

extension Command {
    /// Whether it names jobs that are there, so that it may expect a version of one.
    fileprivate var concernsJobs: Bool {
        switch self {
        case .approve, .reject, .update, .hold, .unhold, .cancel, .addPoints, .redrive, .rerun, .discard,
            .prune, .start, .heartbeat, .complete, .fail, .snooze, .release:
            true
        case .create, .createMany, .createWithTasks, .suggest, .suggestMany, .dispatch, .completeMany,
            .registerWorker,
            .drainWorker, .configureQueue, .setQueueStatus, .registerMachine, .setMachineStatus:
            false
        }
    }
}
