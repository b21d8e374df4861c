import Orchestration
import TestSupport

/// Commands as a careless crowd would send them: most make sense, many don't.
struct RandomCommands {
    var chance: SeededRandom
    private var specifications: RandomSpecifications
    private let workers: [Name] = ["w\u{e9}", "we\u{301}", "w3"]
    private let machines: [Name] = ["m\u{e9}", "me\u{301}"]
    private let queues: [Name] = ["q\u{e9}", "qe\u{301}", "q3"]

    init(seed: UInt64) {
        chance = SeededRandom(seed: seed)
        specifications = RandomSpecifications(seed: seed &* 77)
    }

    mutating func next(_ core: CoreFixture) -> Command {
        switch chance.below(106) {
        case 0...13: .create(specifications.next(core))
        case 14...15: .createMany(specifications.list(core))
        case 16...18: .suggest(specifications.next(core))
        case 19: .suggestMany(specifications.list(core))
        case 20...22: .approve(jobs(core) { $0 == .proposed })
        case 23: .reject(jobs(core) { $0 == .proposed })
        case 24...42: .dispatch(dispatch())
        case 43...51: .complete(holder(core), result: result())
        case 52...54:
            .completeMany((0..<chance.below(4)).map { _ in Completion(holder(core), result: result()) })
        case 55...60: .fail(holder(core), failure())
        case 61...63: .heartbeat(token(core), progress())
        case 64...65: .snooze(holder(core), for: .seconds(Int64(chance.below(12))))
        case 66...67: .release(holder(core))
        case 68...71: .cancel(jobs(core) { !$0.isTerminal })
        case 72...73: .addPoints(job(core), series: chance.oneIn(9) ? "" : "loss", points: points())
        case 74...76: .update(job(core) { !$0.isTerminal }, change(core))
        case 77: .hold(jobs(core) { $0 == .ready || $0 == .scheduled })
        case 78...79: .unhold(jobs(core) { $0 == .ready || $0 == .scheduled })
        case 80...83: .redrive(redrive(core))
        case 84: rerun(core)
        case 85: .discard(jobs(core) { $0 == .dead })
        case 86: .prune(jobs(core) { $0.isTerminal })
        case 87...89: .start(job(core) { $0 == .ready }, worker: pick(workers), lease: lease())
        case 90...91: .registerWorker(worker())
        case 92: .drainWorker(name: pick(workers + ["w9"]))
        case 93...95: .configureQueue(queue())
        case 96:
            .setQueueStatus(name: pick(queues + ["q9"]), pick([.open, .open, .open, .paused, .draining]))
        case 97...98: .registerMachine(machine(), isNew: chance.oneIn(3))
        case 99...102: family(core)
        case 103: .cancel(jobs(core) { $0 == .running }, isForced: true)
        case 104: .cancel(parents(core), isForced: chance.oneIn(3))
        default: .setMachineStatus(name: pick(machines + ["m9"]), status())
        }
    }

    mutating func context(_ core: CoreFixture) -> CommandContext {
        guard chance.oneIn(8) else { return CommandContext(actor: "tester") }
        return CommandContext(
            actor: pick(["tester", "te\u{301}ster", "t\u{e9}ster"]),
            idempotencyKey: chance.oneIn(2) ? "k\(chance.below(12))" : nil,
            reason: "because",
            traceparent: "00-1-2-01",
            expectedVersion: chance.oneIn(3) ? version(core) : nil
        )
    }

    /// Now and then the right one of some job.
    mutating func version(_ core: CoreFixture) -> UInt64 {
        core.state.lastSequence(of: job(core)) ?? UInt64(chance.below(Int(core.state.lastSequence) + 1))
    }

    mutating func dispatch() -> DispatchRequest {
        DispatchRequest(
            worker: pick(workers),
            queues: chance.oneIn(4) ? [pick(queues + ["q9"]), pick(queues)] : [],
            kinds: chance.oneIn(5) ? [pick(["a\u{e9}", "ae\u{301}"])] : [],
            max: chance.below(5),
            machine: chance.oneIn(3) ? pick(machines) : nil,
            wait: .seconds(Int64(chance.below(2)))
        )
    }

    /// Mostly one of the newest jobs whose state the caller wants; else any, now and then one that there is not.
    private mutating func job(_ core: CoreFixture, _ isWanted: (JobState) -> Bool = { _ in true }) -> JobID {
        let count = Int(core.state.jobCount)
        var id = JobID(0)
        for _ in 0..<6 {
            let number = chance.oneIn(3) ? chance.below(count + 2) : max(0, count - chance.below(16))
            id = JobID(UInt64(number))
            guard let state = core.state[id]?.state ?? core.state.outcome(of: id)?.state else { continue }
            if isWanted(state) { break }
        }
        return id
    }

    private mutating func family(_ core: CoreFixture) -> Command {
        let (parent, tasks) = specifications.family(core)
        return .createWithTasks(parent, tasks: tasks)
    }

    /// Jobs with tasks, if a few draws find one; else whatever was drawn.
    private mutating func parents(_ core: CoreFixture) -> [JobID] {
        for _ in 0..<6 {
            let list = jobs(core) { $0 == .blocked }
            if list.contains(where: { core.state.tasks(of: $0) != nil }) { return list }
        }
        return jobs(core) { !$0.isTerminal }
    }

    private mutating func jobs(_ core: CoreFixture, _ isWanted: (JobState) -> Bool) -> [JobID] {
        let count = chance.oneIn(30) ? 9 : chance.oneIn(4) ? chance.below(4) : 1
        return (0..<count).map { _ in job(core, isWanted) }
    }

    mutating func holder(_ core: CoreFixture) -> Holder {
        if chance.oneIn(4) { return .job(job(core) { $0 == .running }) }
        return .lease(token(core))
    }

    /// Mostly of a running job; else one from the past, or one that never was.
    private mutating func token(_ core: CoreFixture) -> LeaseToken {
        if !chance.oneIn(9), let token = core.state[job(core) { $0 == .running }]?.token { return token }
        let counter = UInt64(chance.below(Int(core.state.lastSequence) + 1))
        return LeaseToken(epoch: 1 + UInt64(chance.below(2)), counter: counter)
    }

    mutating func result() -> Payload {
        Payload([UInt8](repeating: 1, count: chance.oneIn(30) ? 17 : chance.below(3)), contentType: "x")
    }

    private mutating func failure() -> Failure {
        let delay: TimeSpan? = chance.oneIn(6) ? .seconds(Int64(chance.below(20)) - 1) : nil
        let isRetryable = !chance.oneIn(6)
        return Failure(
            type: pick(["io", "fatal"]),
            message: "no",
            isRetryable: isRetryable,
            retryAfter: delay
        )
    }

    private mutating func progress() -> JobProgress? {
        chance.oneIn(3) ? JobProgress(fraction: pick([nil, 0, 0.5, 1, 2, .nan]), message: "far") : nil
    }

    private mutating func lease() -> TimeSpan? {
        chance.oneIn(3) ? .seconds(Int64(chance.below(30))) : nil
    }

    private mutating func points() -> [Point] {
        let values = [0.5, .nan, .infinity, -0.0, 0]
        return (0..<chance.below(4)).map {
            Point(step: UInt64($0), time: Timestamp(seconds: 5), value: pick(values))
        }
    }

    private mutating func change(_ core: CoreFixture) -> JobChange {
        var change = JobChange()
        if chance.oneIn(3) { change.priority = Int32(chance.below(7)) - 3 }
        if chance.oneIn(3) { change.runAt = core.now + .seconds(Int64(chance.below(30)) - 10) }
        if chance.oneIn(4) { change.tags = ["t"] }
        if chance.oneIn(3) { change.attributes = ["x": "y"] }
        if chance.oneIn(4) { change.requirements = specifications.requirements() }
        if chance.oneIn(6) { change.isHeld = chance.oneIn(2) }
        return change
    }

    private mutating func redrive(_ core: CoreFixture) -> Redrive {
        let list = jobs(core) { $0 == .dead || $0 == .cancelled }
        return Redrive(
            list.map { revival($0, core) },
            patch: chance.oneIn(2) ? result() : nil,
            approves: chance.oneIn(4)
        )
    }

    private mutating func rerun(_ core: CoreFixture) -> Command {
        .rerun(revival(job(core) { $0 == .succeeded }, core))
    }

    /// As read from the log, now and then before something else happened to the job.
    private mutating func revival(_ job: JobID, _ core: CoreFixture) -> FinishedJobSnapshot {
        let nothing = JobSpecification(kind: "a")
        var revival =
            core.recall(job)
            ?? FinishedJobSnapshot(job: job, version: 0, specification: nothing, origin: .created)
        if chance.oneIn(20) { revival.version &-= 1 }
        return revival
    }

    private mutating func worker() -> WorkerSpecification {
        WorkerSpecification(
            name: pick(workers),
            slots: UInt32(chance.below(6)),
            queues: chance.oneIn(4) ? [pick(queues), pick(queues)] : [],
            kinds: chance.oneIn(6) ? [pick(["a\u{e9}", "ae\u{301}"])] : []
        )
    }

    private mutating func queue() -> QueueSpecification {
        func some<Value>(_ chance: inout SeededRandom, in count: Int, _ value: Value) -> Value? {
            chance.oneIn(count) ? value : nil
        }
        let rate = Rate(
            UInt32(chance.oneIn(20) ? 0 : 1 + chance.below(4)),
            per: .seconds(Int64(1 + chance.below(9))),
            burst: UInt32(1 + chance.below(3))
        )
        return QueueSpecification(
            name: pick(queues),
            concurrency: some(&chance, in: 3, UInt32(chance.oneIn(20) ? 0 : 2 + chance.below(4))),
            keyConcurrency: some(&chance, in: 2, UInt32(1 + chance.below(2))),
            rate: some(&chance, in: 3, rate),
            policy: pick([.priority, .priority, .fifo]),
            aging: .seconds(Int64([1, 5, 600, 600, 0][chance.below(chance.oneIn(9) ? 5 : 4)])),
            retention: Retention(
                succeeded: some(&chance, in: 3, .seconds(Int64(chance.below(40)))),
                dead: some(&chance, in: 3, .seconds(Int64(chance.below(60)))),
                cancelled: some(&chance, in: 3, .seconds(Int64(chance.below(60))))
            )
        )
    }

    private mutating func machine() -> MachineSpecification {
        MachineSpecification(name: pick(machines), cpuMillis: UInt64(chance.below(5)) * 1000)
    }

    private mutating func status() -> MachineStatus {
        pick([.available, .available, .available, .cordoned, .maintenance])
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[chance.below(values.count)]
    }
}
