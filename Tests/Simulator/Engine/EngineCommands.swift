import Orchestration
import TestSupport

/// Draws what a careless crowd asks of an engine: most of it makes sense, some of it must be refused.
///
/// Sizes go up to the limits of a log with small segments and one byte beyond them.
struct EngineCommands {
    var random: SeededRandom
    private let payloadBytes: Int
    private let workers: [Name] = ["w\u{e9}", "we\u{301}", Name(String(repeating: "w", count: 200))]
    private let machines: [Name] = ["m\u{e9}", "me\u{301}"]
    let queues: [Name] = ["q\u{e9}", "qe\u{301}"]
    /// The newest command that came with a key.
    private var keyed: (command: Command, context: CommandContext)?
    private var keyedGroup: CommandGroup?

    init(_ random: SeededRandom, payloadBytes: Int) {
        self.random = random
        self.payloadBytes = payloadBytes
    }

    /// The next command, asked at a moment when the engine's state and its newest time are these; now and then one that
    /// was asked before.
    ///
    /// `recall` reads a finished job back from the log.
    mutating func next(
        _ state: borrowing State,
        _ tokens: [LeaseToken],
        recall: (JobID) -> FinishedJobSnapshot?
    ) -> (command: Command, context: CommandContext) {
        if let keyed, random.oneIn(30) { return keyed }
        let command = random.oneIn(3) ? rarer(state, tokens, recall) : usual(state, tokens)
        let context = context(state)
        if context.idempotencyKey != nil { keyed = (command, context) }
        return (command, context)
    }

    /// Commands that go together, or have an outcome each; now and then a group that was asked before.
    mutating func group(
        _ count: Int,
        _ state: borrowing State,
        _ tokens: [LeaseToken],
        recall: (JobID) -> FinishedJobSnapshot?
    ) -> CommandGroup {
        if let keyedGroup, random.oneIn(4) { return keyedGroup }
        var members: [CommandGroup.Member] = []
        for index in 0..<count {
            var command = random.oneIn(4) ? rarer(state, tokens, recall) : usual(state, tokens)
            // Mostly as it should be: only the last may wait.
            if case .dispatch(var request) = command, index < count - 1, !random.oneIn(8) {
                request.wait = .zero
                command = .dispatch(request)
            }
            members.append(.init(command, reason: random.oneIn(9) ? "because" : nil))
        }
        let key: Name? = random.oneIn(3) ? "g\(random.below(99_999))" : nil
        let group = CommandGroup(
            random.oneIn(2) ? .together : .each,
            of: members,
            by: CommandContext(actor: "crowd", idempotencyKey: key)
        )
        if key != nil { keyedGroup = group }
        return group
    }

    private mutating func usual(_ state: borrowing State, _ tokens: [LeaseToken]) -> Command {
        switch random.below(24) {
        case 0...3: .create(specification(state))
        case 4: .createMany(crowd(state))
        case 5, 6: .suggest(specification(state))
        case 7: .approve(jobs(state))
        case 8: .reject(jobs(state))
        case 9...12: .dispatch(dispatch())
        case 13, 14: .complete(holder(state, tokens), result: Payload(bytes(), contentType: "x"))
        case 15: .completeMany((0..<random.below(5)).map { _ in Completion(holder(state, tokens)) })
        case 16: .fail(holder(state, tokens), failure())
        case 17: .cancel(jobs(state))
        case 18, 19: .addPoints(job(state), series: pick("loss\u{e9}", "losse\u{301}"), points: points(state))
        case 20: .registerMachine(machine())
        case 21: family(state)
        case 22: .cancel(jobs(state), isForced: true)
        default: .setMachineStatus(name: pick(machines), status())
        }
    }

    /// What operators do, and what workers say in passing.
    private mutating func rarer(
        _ state: borrowing State,
        _ tokens: [LeaseToken],
        _ recall: (JobID) -> FinishedJobSnapshot?
    ) -> Command {
        switch random.below(20) {
        case 0...2: .heartbeat(token(state, tokens), random.oneIn(2) ? JobProgress(message: "far") : nil)
        case 3: .snooze(holder(state, tokens), for: .seconds(Int64(random.below(20))))
        case 4: .release(holder(state, tokens))
        case 5: .hold(jobs(state))
        case 6, 7: .unhold(jobs(state))
        case 8: .update(job(state), change(state))
        case 9, 10: .redrive(redrive(ended(state, [.dead, .cancelled]), recall))
        case 11: ended(state, [.succeeded]).flatMap(recall).map { .rerun($0) } ?? .unhold(jobs(state))
        case 12: .discard([ended(state, [.dead]) ?? job(state)])
        case 13: .prune([ended(state, [.succeeded, .dead, .cancelled]) ?? job(state)])
        case 14: .start(job(state), worker: pick(workers), lease: random.oneIn(2) ? .seconds(9) : nil)
        case 15: .registerWorker(WorkerSpecification(name: pick(workers), slots: UInt32(random.below(5))))
        case 16: .drainWorker(name: pick(workers))
        case 17, 18: .configureQueue(queue())
        default: .setQueueStatus(name: pick(queues), pick(.open, .open, .paused, .draining))
        }
    }

    private mutating func context(_ state: borrowing State) -> CommandContext {
        guard random.oneIn(8) else { return CommandContext(actor: "crowd") }
        return CommandContext(
            actor: "crowd",
            idempotencyKey: random.oneIn(2) ? "k\(random.below(999))" : nil,
            reason: random.oneIn(2) ? String(repeating: "r", count: random.below(payloadBytes + 2)) : nil,
            expectedVersion: random.oneIn(3) ? UInt64(random.below(Int(state.lastSequence) + 1)) : nil
        )
    }

    private mutating func specification(_ state: borrowing State) -> JobSpecification {
        var job = JobSpecification(
            kind: pick("a", "\u{e9}", "e\u{301}"),
            queue: pick(queues),
            payload: bytes()
        )
        if random.oneIn(3) { job.priority = Int32(random.below(3)) - 1 }
        if random.oneIn(6) { job.runAt = state.lastTime + .seconds(Int64(random.below(40)) - 10) }
        if random.oneIn(6) { job.expiresAt = state.lastTime + .seconds(Int64(random.below(60))) }
        if random.oneIn(4) {
            job.uniqueKey = pick("u\u{e9}", "ue\u{301}", "u2", "u3")
            if random.oneIn(2) { job.onClash = .existing }
            if random.oneIn(3) { job.uniqueWindow = .seconds(Int64(1 + random.below(60))) }
        }
        if random.oneIn(4) { job.requirements.cpuMillis = UInt64(random.below(4)) * 700 }
        if random.oneIn(8) { job.requirements.machine = pick(machines) }
        if random.oneIn(5) { job.timeouts.lease = .seconds(Int64(random.below(20))) }
        if random.oneIn(5) {
            job.retry.maxAttempts = UInt32(random.below(3))
            job.retry.maxCrashes = UInt32(random.below(2))
            job.retry.nonRetryable = ["fatal"]
        }
        if random.oneIn(4) { job.concurrencyKey = pick("c1", "c2") }
        if random.oneIn(8) {
            job.after = [self.job(state)]
            job.onParentFailure = pick(.fail, .ignore, .wait)
        }
        if random.oneIn(12) { job.attributes = ["b": "2", "a": String(repeating: "z", count: 200)] }
        return job
    }

    private mutating func family(_ state: borrowing State) -> Command {
        var parent = specification(state)
        parent.onTaskFailure = pick(.fail, .ignore, .wait)
        if !random.oneIn(8) { (parent.after, parent.runAt) = ([], nil) }
        let count = random.oneIn(9) ? random.below(20) : 1 + random.below(3)
        return .createWithTasks(parent, tasks: (0..<count).map { _ in specification(state) })
    }

    /// Mostly a few jobs; now and then so many that they are about as much as one command may write.
    private mutating func crowd(_ state: borrowing State) -> [JobSpecification] {
        guard random.oneIn(4) else { return (0..<random.below(4)).map { _ in specification(state) } }
        let shared = JobSpecification(
            kind: "a",
            queue: queues[0],
            payload: noise(payloadBytes - random.below(40))
        )
        return [JobSpecification](repeating: shared, count: 10 + random.below(8))
    }

    private mutating func bytes() -> [UInt8] {
        switch random.below(10) {
        case 0: noise(payloadBytes - 1 + random.below(3))
        case 1: noise(random.below(payloadBytes))
        default: noise(random.below(12))
        }
    }

    private mutating func noise(_ count: Int) -> [UInt8] {
        Payloads.payload(0, bytes: count, seed: random.next())
    }

    private mutating func dispatch() -> DispatchRequest {
        DispatchRequest(
            worker: pick(workers),
            queues: random.oneIn(4) ? [pick("q\u{e9}", "qe\u{301}", "q3")] : [],
            kinds: random.oneIn(4) ? [pick("a", "\u{e9}", "e\u{301}")] : [],
            max: random.below(8),
            machine: random.oneIn(2) ? pick(machines) : nil,
            wait: random.oneIn(3) ? .milliseconds(Int64(random.below(20_000))) : .zero
        )
    }

    /// Any job that there is, now and then one that there is not; the newest ones are mostly still open.
    private mutating func job(_ state: borrowing State) -> JobID {
        let count = Int(state.jobCount)
        return JobID(UInt64(random.oneIn(2) ? max(0, count - random.below(6)) : random.below(count + 2)))
    }

    private mutating func jobs(_ state: borrowing State) -> [JobID] {
        let start = job(state).rawValue
        return (0..<UInt64(1 + random.below(6) / 5)).map { JobID(start + $0) }
    }

    /// Mostly who holds a lease now; else a token from the past, or one that never was.
    private mutating func holder(_ state: borrowing State, _ tokens: [LeaseToken]) -> Holder {
        if random.oneIn(4) { return .job(job(state)) }
        if random.oneIn(8) { return .lease(LeaseToken(epoch: state.epoch, counter: state.lastSequence)) }
        let recent = tokens.suffix(random.oneIn(3) ? tokens.count : 6)
        guard !recent.isEmpty else { return .job(job(state)) }
        return .lease(recent[recent.startIndex + random.below(recent.count)])
    }

    private mutating func token(_ state: borrowing State, _ tokens: [LeaseToken]) -> LeaseToken {
        if case .lease(let token) = holder(state, tokens) { return token }
        return tokens.last ?? LeaseToken(epoch: state.epoch, counter: state.lastSequence)
    }

    /// One that ended so, if a few draws find it.
    private mutating func ended(_ state: borrowing State, _ states: [JobState]) -> JobID? {
        for _ in 0..<6 {
            let id = job(state)
            if let outcome = state.outcome(of: id), states.contains(outcome.state) { return id }
        }
        return nil
    }

    private mutating func failure() -> Failure {
        Failure(type: pick("io", "fatal"), message: "no", isRetryable: !random.oneIn(5))
    }

    private mutating func points(_ state: borrowing State) -> [Point] {
        let values = [0.5, .nan, .infinity, -0.0, 1e-300]
        return (0..<(random.oneIn(9) ? 120 : random.below(4))).map {
            Point(step: UInt64($0), time: state.lastTime, value: pick(values))
        }
    }

    private mutating func machine() -> MachineSpecification {
        MachineSpecification(name: pick(machines), cpuMillis: UInt64(random.below(5)) * 1000)
    }

    private mutating func status() -> MachineStatus {
        pick(.available, .available, .available, .cordoned, .maintenance)
    }

    mutating func pick<Value>(_ values: Value...) -> Value { pick(values) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[random.below(values.count)] }
}
