import EventLog
import Foundation
import Histogram
import Orchestration
import Waybill

/// The cycle under load: W callers dispatch and complete until the backlog is gone.
struct CycleLoad: Sendable {
    let workers: Int
    let batch: Int
    let backlog: Int
    let durability: Durability
    let hasLimits: Bool

    private static let keys = 1000

    private struct Share: Sendable {
        var jobs: [JobID] = []
        var nanoseconds = Histogram<UInt64>(numberOfSignificantValueDigits: .two)
    }

    func run(in directory: String, disk: DiskProbe) async throws -> BenchReport {
        let engine = try await Engine.open(at: directory, options: EngineOptions(durability: durability))
        try await preload(engine)
        let start = ContinuousClock.now
        let share = try await withThrowingTaskGroup(of: Share.self) { group in
            for worker in 0..<workers { group.addTask { try await work(engine, as: "worker-\(worker)") } }
            return try await group.reduce(into: Share()) { total, share in
                total.jobs += share.jobs
                total.nanoseconds.add(share.nanoseconds)
            }
        }
        let end = ContinuousClock.now
        await engine.queues.caughtUp(to: engine.durableSequence)
        let caughtUp = ContinuousClock.now
        let succeeded = await engine.queues.total(.succeeded)
        try await engine.close()
        let seconds = (end - start) / .seconds(1)
        return BenchReport(
            workers: workers,
            batch: batch,
            backlog: backlog,
            durability: "\(durability)",
            limits: hasLimits,
            cycles: share.jobs.count,
            seconds: seconds,
            cyclesPerSecond: Double(share.jobs.count) / seconds,
            commandP50Micros: Double(share.nanoseconds.valueAtPercentile(50)) / 1000,
            commandP99Micros: Double(share.nanoseconds.valueAtPercentile(99)) / 1000,
            fdatasyncP50Micros: disk.syncP50Micros,
            fdatasyncP99Micros: disk.syncP99Micros,
            readModelLagSeconds: (caughtUp - end) / .seconds(1),
            exactlyOnce: Set(share.jobs).count == backlog && share.jobs.count == backlog
                && succeeded == backlog
        )
    }

    private func preload(_ engine: Engine) async throws {
        let context = CommandContext(actor: "bench")
        let bar = ProgressBar("preloading")
        defer { bar.finish() }
        if hasLimits { try await engine.configure(queue, by: context) }
        for first in stride(from: 0, to: backlog, by: 1000) {
            let jobs = (first..<min(backlog, first + 1000)).map(job)
            try await engine.create(jobs, by: context)
            bar.show(first + jobs.count, of: backlog)
        }
    }

    /// Every start and end is counted against each limit; keys are now and then at theirs, the rest is never reached.
    private var queue: QueueSpecification {
        let leases = UInt32(workers * batch)
        return QueueSpecification(
            name: "default",
            concurrency: leases,
            keyConcurrency: 1 + leases / UInt32(Self.keys / 2),
            rate: Rate(100_000_000, per: .seconds(1), burst: 100_000_000)
        )
    }

    /// About 200 bytes of JSON, different for each job.
    private func job(_ number: Int) -> JobSpecification {
        let scattered = UInt64(number) &* 0x9e37_79b9_7f4a_7c15
        let text = """
            {"id":\(number),"user":"user-\(scattered % 9973)","region":"eu-north-\(scattered % 7)",\
            "input":"s3://bucket/\(String(scattered, radix: 36))/frame-\(number).exr","samples":\(scattered % 4096),\
            "options":{"denoise":true,"threads":\(scattered % 32),"seed":"\(String(scattered &* 31, radix: 36))"}}
            """
        return JobSpecification(
            kind: "render",
            payload: Array(text.utf8),
            concurrencyKey: hasLimits ? "key-\(scattered % UInt64(Self.keys))" : nil
        )
    }

    private func work(_ engine: Engine, as worker: Name) async throws -> Share {
        let context = CommandContext(actor: worker)
        let request = DispatchRequest(worker: worker, max: batch)
        var share = Share()
        while true {
            var start = ContinuousClock.now
            let leases = try await engine.dispatch(request, by: context).value
            share.nanoseconds.record(Self.nanoseconds(since: start))
            if leases.isEmpty { return share }
            start = .now
            if leases.count == 1 {
                try await engine.complete(.lease(leases[0].token), by: context)
            } else {
                let completions = leases.map { Completion(.lease($0.token)) }
                try await engine.complete(completions, by: context)
            }
            share.nanoseconds.record(Self.nanoseconds(since: start))
            for lease in leases { share.jobs.append(lease.job) }
        }
    }

    private static func nanoseconds(since start: ContinuousClock.Instant) -> UInt64 {
        UInt64((ContinuousClock.now - start) / .nanoseconds(1))
    }
}
