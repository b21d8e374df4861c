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
    ) throws(Refusal) -> Answer {
        try limits.check(context)
        var context = context
        if let key = context.idempotencyKey {
            let fingerprint = command.isRepeatable ? command.fingerprint : 0
            if command.isRepeatable,
                let answer = try repetition(command, key, context, fingerprint, at: max(now, lastTime))
            {
                return answer
            }
            context = context.marked(key: command.isRepeatable ? key : nil, fingerprint)
        }
        let mark = events.count
        var draft = begin(context, at: now, entropy: entropy, &events)
        defer { events = draft.events }
        do throws(Refusal) {
            return try route(command, &draft)
        } catch {
            draft.events.removeSubrange(mark...)
            throw error
        }
    }

    private func route(_ command: Command, _ draft: inout Draft) throws(Refusal) -> Answer {
        if !command.concernsJobs { try draft.refuseExpectedVersion() }
        return switch command {
        case .create(let specification): try create(specification, &draft)
        case .createMany(let list): try createMany(list, isProposed: false, &draft)
        case .createWithTasks(let specification, let tasks):
            try create(specification, tasks: tasks, &draft)
        case .suggest(let specification): try suggest(specification, &draft)
        case .suggestMany(let list): try createMany(list, isProposed: true, &draft)
        case .approve(let list): try approve(list, &draft)
        case .reject(let list): try reject(list, &draft)
        case .update(let job, let change): try update(job, change, &draft)
        case .hold(let list): try setHeld(true, list, &draft)
        case .unhold(let list): try setHeld(false, list, &draft)
        case .cancel(let list, let isForced): try cancel(list, isForced: isForced, &draft)
        case .addPoints(let job, let series, let points): try addPoints(job, series, points, &draft)
        case .redrive(let redrive): try self.redrive(redrive, &draft)
        case .rerun(let revival): try rerun(revival, &draft)
        case .discard(let list): try discard(list, &draft)
        case .prune(let list): try prune(list, &draft)
        case .dispatch(let request): try dispatch(request, &draft)
        case .start(let job, let worker, let lease): try start(job, worker: worker, lease: lease, &draft)
        case .heartbeat(let token, let progress): try heartbeat(token, progress, &draft)
        case .complete(let holder, let result): try complete(holder, result, &draft)
        case .completeMany(let list): try completeMany(list, &draft)
        case .fail(let holder, let failure): try fail(holder, failure, &draft)
        case .snooze(let holder, let span): try snooze(holder, for: span, &draft)
        case .release(let holder): try release(holder, &draft)
        case .registerWorker(let worker): try register(worker, &draft)
        case .drainWorker(let name): try drain(worker: name, &draft)
        case .configureQueue(let queue): try configure(queue, &draft)
        case .setQueueStatus(let name, let status): try setStatus(queue: name, status, &draft)
        case .registerMachine(let machine): try register(machine, &draft)
        case .setMachineStatus(let name, let status): try setStatus(name, status, &draft)
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

    /// Whether an idempotency key makes it one command: a heartbeat is always new.
    fileprivate var isRepeatable: Bool {
        if case .heartbeat = self { false } else { true }
    }
}
