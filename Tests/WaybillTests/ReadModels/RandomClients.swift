import Orchestration
import TestSupport
import Waybill

/// People and workers who use an engine in every way there is, at random; many of their commands are refused.
struct RandomClients {
    var chance: SeededRandom
    private let queues: [Name] = ["q\u{e9}", "qe\u{301}", "q2"]
    private let kinds: [Name] = ["a\u{e9}", "ae\u{301}"]
    private let workers: [Name] = ["w\u{e9}", "we\u{301}", "w2"]
    private let machines: [Name] = ["m\u{e9}", "me\u{301}"]
    private let tags: [Name] = ["t\u{e9}", "te\u{301}", "t2"]

    init(seed: UInt64) {
        chance = SeededRandom(seed: seed)
    }

    mutating func prepare(_ engine: Engine) async throws {
        for machine in machines {
            try await engine.register(MachineSpecification(name: machine, cpuMillis: 100_000), by: me)
        }
        let retention = Retention(succeeded: .seconds(300), dead: .seconds(2000))
        try await engine.configure(QueueSpecification(name: "q2", retention: retention), by: me)
    }

    /// One command; what it is refused with doesn't matter.
    mutating func act(on engine: Engine) async throws {
        do {
            try await command(engine)
        } catch EngineError.refused {
            return
        }
    }

    private mutating func command(_ engine: Engine) async throws {
        let live = Int(try await engine.inspect { $0.jobCount }.value)
        if chance.oneIn(15) { return try await find(engine, live) }
        switch chance.below(30) {
        case 0: try await family(engine, live)
        case 1, 2: try await engine.create((0...chance.below(4)).map { _ in job(live) }, by: me)
        case 4: try await engine.suggest(job(live), by: me)
        case 5: try await engine.approve(pick(await engine.suggestions.page().map(\.id), live), by: me)
        case 6: try await engine.reject(pick(await engine.suggestions.page().map(\.id), live), by: me)
        case 7...10:
            let machine = chance.oneIn(2) ? pick(machines) : nil
            let request = DispatchRequest(worker: pick(workers), max: chance.below(4) + 1, machine: machine)
            _ = try await engine.dispatch(request, by: me)
        case 11, 12: try await engine.complete(.job(try await running(engine)), by: me)
        case 13: try await engine.fail(.job(try await running(engine)), failure(), by: me)
        case 14: try await engine.snooze(.job(try await running(engine)), for: .seconds(9), by: me)
        case 15: try await engine.release(.job(try await running(engine)), by: me)
        case 16: try await engine.cancel(any(live), by: me)
        case 17: try await engine.hold([any(live)], by: me)
        case 18: try await engine.unhold([any(live)], by: me)
        case 19:
            try await engine.update(any(live), change(try await engine.inspect { $0.lastTime }.value), by: me)
        case 20: try await engine.redrive(await dead(engine), by: me)
        case 21: try await engine.discard(await dead(engine), by: me)
        case 22...25: try await settle(engine, live)
        case 26, 27: try await engine.fail(.job(try await running(engine)), failure(), by: me)
        case 3, 28: try await engine.complete(.job(try await running(engine)), by: me)
        default: try await engine.advance(by: .seconds(Int64(chance.below(40))))
        }
    }

    /// What is rare: pruning, registering, draining.
    private mutating func settle(_ engine: Engine, _ live: Int) async throws {
        switch chance.below(4) {
        case 0: try await engine.prune(await ended(engine), by: me)
        case 1: try await engine.register(WorkerSpecification(name: pick(workers), slots: 5), by: me)
        case 2: try await engine.drain(worker: pick(workers), by: me)
        default:
            try await engine.setStatus(chance.oneIn(2) ? .open : .paused, ofQueue: pick(queues), by: me)
        }
    }

    private mutating func family(_ engine: Engine, _ live: Int) async throws {
        var parent = job(live)
        (parent.after, parent.runAt) = ([], nil)
        parent.onTaskFailure = ParentFailureRule.allCases[chance.below(3)]
        try await engine.create(parent, tasks: (0...chance.below(4)).map { _ in job(live) }, by: me)
    }

    /// One that is there perhaps, and remembered with a key: then by an event of its own.
    private mutating func find(_ engine: Engine, _ live: Int) async throws {
        var job = job(live)
        job.uniqueKey = pick(tags)
        job.onClash = .existing
        job.uniqueWindow = chance.oneIn(2) ? .seconds(500) : nil
        let key: Name? = chance.oneIn(2) ? "find-\(chance.below(1_000_000))" : nil
        try await engine.create(job, by: CommandContext(actor: me.actor, idempotencyKey: key))
    }

    private mutating func job(_ live: Int) -> JobSpecification {
        var job = JobSpecification(kind: pick(kinds), queue: pick(queues))
        if chance.oneIn(3) { job.tags = (0...chance.below(2)).map { _ in pick(tags) } }
        if chance.oneIn(4) { job.runAt = Timestamp(seconds: Int64(1000 + chance.below(4000))) }
        if chance.oneIn(6) {
            job.expiresAt = max(Timestamp(seconds: Int64(2000 + chance.below(4000))), job.runAt ?? .zero)
        }
        if chance.oneIn(4), live > 0 { job.after = [any(live)] }
        if chance.oneIn(2) { job.retry = RetryPolicy(maxAttempts: 1, maxCrashes: 0) }
        if chance.oneIn(4) { job.timeouts = Timeouts(lease: .seconds(30), run: .seconds(20)) }
        return job
    }

    private mutating func change(_ now: Timestamp) -> JobChange {
        switch chance.below(3) {
        case 0: JobChange(priority: Int32(chance.below(5)))
        case 1: JobChange(tags: chance.oneIn(2) ? [] : [pick(tags)])
        default: JobChange(runAt: now + .seconds(Int64(chance.below(60)) - 20))
        }
    }

    private mutating func failure() -> Failure {
        Failure(
            type: chance.oneIn(2) ? "io" : "net",
            message: "disk \(chance.below(9)) is gone",
            isRetryable: chance.oneIn(2)
        )
    }

    private mutating func running(_ engine: Engine) async throws -> JobID {
        let count = Int(try await engine.inspect { $0.jobCount }.value)
        let ids = try await engine.inspect { state in
            (0...count).map { JobID(UInt64($0)) }.filter { state[$0]?.state == .running }
        }.value
        return ids.isEmpty ? JobID(0) : ids[chance.below(ids.count)]
    }

    private func dead(_ engine: Engine) async -> [JobID] {
        Array(await engine.jobs.page(JobFilter(states: [.dead]), limit: 2).map(\.id))
    }

    private mutating func ended(_ engine: Engine) async -> [JobID] {
        let filter = JobFilter(states: [.succeeded, .cancelled, .dead])
        return Array(await engine.jobs.page(filter, limit: chance.below(5) + 1).map(\.id))
    }

    private mutating func any(_ live: Int) -> JobID { JobID(UInt64(chance.below(live + 1))) }

    private mutating func pick(_ ids: [JobID], _ live: Int) -> JobID {
        ids.isEmpty ? any(live) : ids[chance.below(ids.count)]
    }

    private mutating func pick(_ names: [Name]) -> Name { names[chance.below(names.count)] }
}
