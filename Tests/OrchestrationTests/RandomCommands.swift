import Orchestration

/// Commands as a careless crowd would send them: most make sense, many don't.
struct RandomCommands {
    var chance: Chance
    private let workers = ["w1", "w2", "w3"]
    private let machines = ["m1", "m2"]

    init(seed: UInt64) {
        chance = Chance(seed)
    }

    mutating func next(_ bench: Bench) -> Command {
        switch chance.below(20) {
        case 0...3: .create(specification(bench))
        case 4: .createMany((0..<chance.below(4)).map { _ in specification(bench) })
        case 5: .suggest(specification(bench))
        case 6: .approve(jobs(bench))
        case 7: .reject(jobs(bench))
        case 8...11: .dispatch(dispatch())
        case 12: .complete(holder(bench), result: Payload([1, 2, 3], contentType: "x"))
        case 13: .completeMany((0..<chance.below(4)).map { _ in Completion(holder(bench)) })
        case 14: .fail(holder(bench), failure())
        case 15: .cancel(jobs(bench))
        case 16: .addPoints(job(bench), series: "loss", points: points())
        case 17:
            .registerMachine(
                MachineSpecification(name: pick(machines), cpuMillis: UInt64(chance.below(5)) * 1000)
            )
        case 18: .setMachineStatus(name: pick(machines), status())
        default: .complete(.job(job(bench)), result: Payload())
        }
    }

    mutating func context(_ bench: Bench) -> CommandContext {
        guard chance.one(in: 10) else { return CommandContext(actor: "tester") }
        return CommandContext(
            actor: "tester",
            idempotencyKey: "k\(chance.below(99))",
            reason: "because",
            traceparent: "00-1-2-01",
            expectedVersion: chance.one(in: 2) ? UInt64(chance.below(Int(bench.state.lastSequence) + 1)) : nil
        )
    }

    private mutating func specification(_ bench: Bench) -> JobSpecification {
        var job = JobSpecification(
            kind: pick(["a", "b"]),
            queue: pick(["q1", "q2"]),
            payload: [UInt8](repeating: 7, count: chance.below(9))
        )
        job.priority = Int32(chance.below(3)) - 1
        if chance.one(in: 5) { job.runAt = bench.now + .seconds(Int64(chance.below(40)) - 10) }
        if chance.one(in: 5) { job.expiresAt = bench.now + .seconds(Int64(chance.below(60))) }
        if chance.one(in: 5) { job.uniqueKey = "u\(chance.below(4))" }
        if chance.one(in: 4) { job.requirements.cpuMillis = UInt64(chance.below(4)) * 700 }
        if chance.one(in: 6) { job.requirements.machine = pick(machines) }
        if chance.one(in: 4) {
            job.retry.maxAttempts = UInt32(chance.below(3))
            job.retry.maxCrashes = UInt32(chance.below(2))
            job.retry.nonRetryable = ["fatal"]
        }
        if chance.one(in: 4) { job.timeouts.lease = .seconds(Int64(chance.below(20))) }
        if chance.one(in: 6) { job.attributes = ["b": "2", "a": "1"] }
        return job
    }

    private mutating func dispatch() -> Dispatch {
        Dispatch(
            worker: pick(workers),
            queues: chance.one(in: 3) ? [pick(["q1", "q2", "q3"])] : [],
            kinds: chance.one(in: 3) ? [pick(["a", "b"])] : [],
            max: chance.below(5),
            machine: chance.one(in: 2) ? pick(machines) : nil
        )
    }

    private mutating func job(_ bench: Bench) -> JobID {
        JobID(UInt64(chance.below(Int(bench.state.jobCount) + 2)))
    }

    private mutating func jobs(_ bench: Bench) -> [JobID] {
        (0..<(chance.below(3) + (chance.one(in: 9) ? 0 : 1))).map { _ in job(bench) }
    }

    private mutating func holder(_ bench: Bench) -> Holder {
        let id = job(bench)
        if chance.one(in: 4) { return .job(id) }
        if let token = bench.state[id]?.token { return .lease(token) }
        return .lease(LeaseToken(epoch: 1, counter: UInt64(chance.below(Int(bench.state.lastSequence) + 1))))
    }

    private mutating func failure() -> Failure {
        Failure(type: pick(["io", "fatal"]), message: "no", isRetryable: !chance.one(in: 5))
    }

    private mutating func points() -> [Point] {
        let values = [0.5, .nan, .infinity, -0.0, 0]
        return (0..<chance.below(3)).map {
            Point(step: UInt64($0), time: Timestamp(seconds: 5), value: pick(values))
        }
    }

    private mutating func status() -> MachineStatus {
        pick([.available, .available, .available, .cordoned, .maintenance])
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[chance.below(values.count)]
    }
}
