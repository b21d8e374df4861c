import EventLog
import Foundation
import Logging
import Orchestration
import TestSupport
import Waybill

/// An engine and a worker's clock, both standing until the test moves them.
struct EngineFixture {
    let engine: Engine
    let clock = ManualClock()

    init(_ disk: any LogFS = MemoryDisk()) async throws {
        engine = try await Engine.open(disk, smallOptions())
    }

    var options: WorkOptions {
        WorkOptions(
            grace: .seconds(10),
            clock: clock,
            logger: .silent
        )
    }

    @discardableResult
    func create(
        _ payload: String = "{}",
        kind: String = "a",
        _ change: (inout JobSpecification) -> Void = { _ in }
    )
        async throws -> JobID
    {
        var job = JobSpecification(kind: Name(kind), payload: Array(payload.utf8))
        job.retry = RetryPolicy(base: .seconds(5), jitter: 0)
        change(&job)
        return try await engine.create(job, by: me).value
    }

    /// A worker of bytes.
    func worker(
        slots: Int = 1,
        _ run: @escaping @Sendable @concurrent (JobContext<Payload>) async throws -> Payload
    ) -> JobWorker {
        engine.worker(named: "w", slots: slots, options: options, run: run)
    }

    /// A worker whose closure waits at the latch, and then has nothing to give.
    func worker(slots: Int = 1, waitingAt latch: Latch) -> JobWorker {
        worker(slots: slots) { _ in
            try await latch.pass()
            return Payload()
        }
    }

    /// Runs the worker until `body` is done, then stops it and waits for its end.
    func running(_ worker: JobWorker, _ body: () async throws -> Void) async throws {
        let run = Task { try await worker.run() }
        do { try await body() } catch {
            run.cancel()
            _ = await run.result
            throw error
        }
        run.cancel()
        try await run.value
    }

    /// The first event, from the log's beginning on, that is wanted.
    @discardableResult
    func event(_ isWanted: (Event.Body) -> Bool) async throws -> Event {
        for try await events in try engine.events() {
            if let event = events.first(where: { isWanted($0.body) }) { return event }
        }
        throw EngineError.closed
    }

    /// The failure of the first attempt that failed.
    func failure() async throws -> Failure? {
        let event = try await event { if case .attemptFailed = $0 { true } else { false } }
        guard case .attemptFailed(_, _, let failure) = event.body else { return nil }
        return failure
    }

    func state(of job: JobID) async -> JobState? {
        await engine.jobs.caughtUp(to: engine.durableSequence)
        return await engine.jobs[job]?.state
    }

    /// What the engine decides with.
    func job(_ id: JobID) async throws -> Job? {
        try await engine.inspect { $0[id] }.value
    }

    func leaseCount() async throws -> Int {
        try await engine.inspect { $0.runningCount }.value
    }
}
