import Orchestration

/// What the engine has to do, said a second time and as plainly as possible: jobs in an array that is searched from its
/// beginning, sorted whenever an order matters.
///
/// It shares no code with the core and is told nothing but commands and times; of what the core decided it takes only
/// what is free: the jitter that was drawn, and the words of a message.
final class Oracle {
    let limits: CoreLimits
    var now = Timestamp.zero
    var sequence: UInt64 = 0
    var epoch: UInt64 = 0
    var bounds = IdempotencyBounds()
    var jobs: [OracleJob] = []
    /// Those that have not ended.
    var open: [OracleJob] = []
    var queues: [Name: OracleQueue] = [:]
    var workers: [Name: OracleWorker] = [:]
    var machines: [Name: OracleMachine] = [:]
    var memories: [OracleMemory] = []

    /// Of the command that is being predicted.
    var context = CommandContext(actor: "")
    var bodies: [Event.Body] = []
    /// Of the same events: which command they are of, and which of a group's.
    private(set) var origins: [Origin] = []
    private var origin = Origin(command: 0, member: 0)
    /// What the core wrote for it.
    var written: [Event] = []

    struct Origin: Equatable {
        var command: UInt64
        var member: UInt32
    }

    init(limits: CoreLimits) {
        self.limits = limits
    }

    /// What becomes of a command; `written` is what the core says of it.
    func predict(
        _ command: Command,
        _ context: CommandContext,
        at moment: Timestamp,
        written: [Event]
    ) -> Result<CommandResult, Refusal> {
        predict(at: moment, written) { () throws(Refusal) in
            self.context = context
            try check(context)
            let isAlwaysNew = if case .heartbeat = command { true } else { false }
            if !isAlwaysNew, let memory = try memory(of: .alone(command)) {
                return answer(command, memory.parts[0])
            }
            if context.idempotencyKey != nil, Self.takesSlot(command) { try checkSlot() }
            let isRemembered = !isAlwaysNew && !Self.isOnLease(command)
            return try write(command, member: 0, of: isRemembered ? .alone(command) : nil)
        }
    }

    /// Time goes on only with an event.
    func predict<Answer>(
        at moment: Timestamp,
        _ written: [Event],
        _ body: () throws(Refusal) -> Answer
    ) -> Result<Answer, Refusal> {
        self.written = written
        bodies = []
        origins = []
        let before = now
        now = max(now, moment)
        defer { if bodies.isEmpty { now = before } }
        do throws(Refusal) {
            return .success(try body())
        } catch {
            bodies = []
            return .failure(error)
        }
    }

    /// Decides a command that no memory answers for, and remembers what it wrote; `group` is the sequence at which its
    /// group begins.
    func write(
        _ command: Command,
        member: UInt32,
        of asked: OracleMemory.Asked?,
        from group: UInt64? = nil
    ) throws(Refusal) -> CommandResult {
        let (first, mark) = (sequence + 1, bodies.count)
        origin = Origin(command: group ?? first, member: member)
        let answer = try take(command)
        if bodies.count > mark { remember(asked, bodies[mark...], from: first, origin) }
        return answer
    }

    /// Everything before the first line that changes something judges; nothing after it does.
    private func take(_ command: Command) throws(Refusal) -> CommandResult {
        switch command {
        case .create(let job): return Self.one(try birth([plain(job)], isProposed: false)[0])
        case .suggest(let job): return Self.one(try birth([plain(job)], isProposed: true)[0])
        case .createWithTasks(let job, let tasks): return Self.list(try births(job, tasks))
        case .createMany(let list): return Self.list(try births(list, isProposed: false))
        case .suggestMany(let list): return Self.list(try births(list, isProposed: true))
        case .approve(let list): try approve(list)
        case .reject(let list): try reject(list)
        case .update(let job, let change): try update(job, change)
        case .hold(let list): try setHeld(true, list)
        case .unhold(let list): try setHeld(false, list)
        case .cancel(let list, let isForced): try cancel(list, isForced: isForced)
        case .addPoints(let job, let series, let points): try addPoints(job, series, points)
        case .redrive(let redrive): try self.redrive(redrive)
        case .rerun(let revival): return .created(try rerun(revival))
        case .discard(let list): try discard(list)
        case .prune(let list): try prune(list)
        case .dispatch(let request): return .leases(try dispatch(request))
        case .start(let job, let worker, let lease): return .leases([try start(job, worker, lease)])
        case .heartbeat(let token, let progress): return .heartbeat(try heartbeat(token, progress))
        case .complete(let holder, let result): try complete(holder, result)
        case .completeMany(let list): return .outcomes(try completeMany(list))
        case .fail(let holder, let failure): try fail(holder, failure)
        case .snooze(let holder, let span): try snooze(holder, span)
        case .release(let holder): try release(holder)
        case .registerWorker(let worker): try register(worker)
        case .drainWorker(let name): try drain(name)
        case .configureQueue(let queue): try configure(queue)
        case .setQueueStatus(let name, let status): try setStatus(queue: name, status)
        case .registerMachine(let machine, let isNew): try register(machine, isNew: isNew)
        case .setMachineStatus(let name, let status): try setStatus(machine: name, status)
        }
        return .done
    }

    /// The next event; the job that it touches gets its sequence.
    func emit(_ body: Event.Body, _ job: OracleJob? = nil) {
        sequence += 1
        bodies.append(body)
        origins.append(origin)
        job?.version = sequence
    }

    /// The event that the core wrote where the next one is predicted.
    var counterpart: Event.Body? {
        bodies.count < written.count ? written[bodies.count].body : nil
    }

    func job(_ id: JobID) -> OracleJob? {
        id.rawValue > 0 && id.rawValue <= UInt64(jobs.count) ? jobs[Int(id.rawValue) - 1] : nil
    }

    /// An open job; whoever asks says what to answer about one that ended.
    func find(_ id: JobID, _ ended: (JobID, JobState) -> Refusal) throws(Refusal) -> OracleJob {
        guard let job = job(id), !job.isPruned else { throw .notFound(id) }
        if job.isOpen { return job }
        throw ended(id, job.state)
    }

    func checkVersion(_ job: OracleJob) throws(Refusal) {
        if let expected = context.expectedVersion, expected != job.version {
            throw .versionConflict(job.id, expected: expected, actual: job.version)
        }
    }

    func check(list: [JobID]) throws(Refusal) {
        try check(count: list.count, "jobs")
        if list.count > 1 {
            try refuseVersion()
            if Set(list).count < list.count { throw invalid("jobs") }
        }
    }

    func refuseVersion() throws(Refusal) {
        if context.expectedVersion != nil { throw invalid("expectedVersion") }
    }

    /// Which field is wrong matters; the words don't.
    func invalid(_ field: String) -> Refusal { .invalid(field: field, problem: "") }
}
