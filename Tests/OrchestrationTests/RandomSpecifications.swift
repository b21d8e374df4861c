import Orchestration
import TestSupport

/// What a careless crowd wants done.
///
/// Some names differ only in Unicode normal form: these are two names.
struct RandomSpecifications {
    private var chance: SeededRandom

    init(seed: UInt64) {
        chance = SeededRandom(seed: seed)
    }

    mutating func list(_ core: CoreFixture) -> [JobSpecification] {
        (0..<(chance.oneIn(20) ? 9 : chance.below(4))).map { _ in next(core) }
    }

    /// A job with tasks that mostly may be one.
    mutating func family(_ core: CoreFixture) -> (parent: JobSpecification, tasks: [JobSpecification]) {
        var parent = next(core)
        parent.onTaskFailure = pick([.fail, .ignore, .wait])
        var tasks = (0..<(chance.oneIn(20) ? 8 * chance.below(2) : 1 + chance.below(4))).map { _ in
            next(core)
        }
        if !chance.oneIn(20) {
            parent.after = []
            (parent.runAt, parent.delay) = (nil, nil)
            parent.onClash = .refuse
            for index in tasks.indices { tasks[index].onClash = .refuse }
        }
        return (parent, tasks)
    }

    mutating func next(_ core: CoreFixture) -> JobSpecification {
        var job = JobSpecification(
            kind: chance.oneIn(90) ? "" : pick(["a\u{e9}", "ae\u{301}"]),
            queue: pick(["q\u{e9}", "q\u{e9}", "qe\u{301}", "q3"]),
            payload: [UInt8](repeating: 7, count: chance.oneIn(60) ? 17 : chance.below(3))
        )
        if chance.oneIn(2) { job.priority = Int32(chance.below(7)) - 3 }
        if chance.oneIn(5) { job.runAt = core.now + .seconds(Int64(chance.below(40)) - 10) }
        if chance.oneIn(8) { job.delay = .seconds(Int64(chance.below(20)) - 1) }
        if chance.oneIn(6) { job.expiresAt = core.now + .seconds(Int64(chance.below(60))) }
        if chance.oneIn(5) {
            job.uniqueKey = pick(["u\u{e9}", "ue\u{301}", "u2", "u3", "u4"])
            if chance.oneIn(2) { job.uniqueWindow = .seconds(Int64(chance.below(40))) }
            if chance.oneIn(3) { job.onClash = .existing }
        } else if job.priority == 3, job.runAt != nil {
            job.onClash = .existing
        } else if job.priority == 3, job.delay != nil {
            job.uniqueWindow = .seconds(9)
        }
        if chance.oneIn(3) { job.concurrencyKey = pick(["c\u{e9}", "ce\u{301}"]) }
        if chance.oneIn(4) { job.requirements = requirements() }
        if chance.oneIn(3) { job.retry = retry() }
        if chance.oneIn(3) { job.timeouts = timeouts() }
        if chance.oneIn(6) { relate(&job, core) }
        if chance.oneIn(90) { job.parent = JobID(1 + UInt64(chance.below(9))) }
        if chance.oneIn(90) { job.taskCount = 2 }
        if chance.oneIn(8) { job.attributes = ["e\u{301}": "2", "\u{e9}": "1"] }
        return job
    }

    mutating func requirements() -> Requirements {
        var requirements = Requirements(cpuMillis: UInt64(chance.below(4)) * 700)
        if chance.oneIn(3) { requirements.machine = pick(["m\u{e9}", "me\u{301}"]) }
        return requirements
    }

    private mutating func retry() -> RetryPolicy {
        RetryPolicy(
            maxAttempts: UInt32(chance.oneIn(20) ? 0 : 1 + chance.below(3)),
            maxCrashes: UInt32(chance.below(2)),
            base: .seconds(Int64(chance.below(8))),
            factor: pick([1, 2, 3]),
            cap: .seconds(20),
            jitter: pick([0, 0.5, 1]),
            nonRetryable: ["fatal"]
        )
    }

    private mutating func timeouts() -> Timeouts {
        Timeouts(
            lease: .seconds(Int64(chance.oneIn(20) ? 0 : 1 + chance.below(20))),
            run: chance.oneIn(3) ? .seconds(Int64(1 + chance.below(20))) : nil,
            total: chance.oneIn(3) ? .seconds(Int64(1 + chance.below(50))) : nil
        )
    }

    private mutating func relate(_ job: inout JobSpecification, _ core: CoreFixture) {
        let count = Int(core.state.jobCount)
        job.after = (0...chance.below(3)).map { _ in
            JobID(UInt64(max(0, count - chance.below(12) + (chance.oneIn(20) ? 14 : 0))))
        }
        job.onParentFailure = pick([.fail, .ignore, .wait])
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[chance.below(values.count)]
    }
}
