import Testing
import Waybill

/// One thing done to many jobs.
struct BulkTests {
    /// An engine with so many dead jobs.
    private func morgue(_ count: Int) async throws -> (Engine, [JobID]) {
        let engine = try await Engine.inMemory(options: smallOptions())
        var jobs: [JobID] = []
        for number in 0..<count {
            let job = JobSpecification(
                kind: "a",
                payload: [UInt8(number % 256)],
                retry: RetryPolicy(maxAttempts: 1)
            )
            jobs.append(try await engine.create(job, by: me).value)
        }
        for lease in try await engine.dispatch(DispatchRequest(worker: "w", max: count), by: me).value {
            try await engine.fail(.lease(lease.token), Failure(type: "io"), by: me)
        }
        return (engine, jobs)
    }

    @Test func `dead jobs are redriven with their payloads, those that changed are passed over`() async throws
    {
        let (engine, jobs) = try await morgue(30)
        try await engine.discard([jobs[3]], by: me)
        try await engine.redrive([jobs[7]], by: me)
        let operation = engine.begin(.redrive, on: jobs + [JobID(99)], by: me)
        let end = try await operation.finished()
        #expect(end.total == 31)
        #expect(end.done == 29)
        #expect(end.refused == 2)
        #expect(end.left == 0)
        #expect(end.hasEnded)
        let reasons = Set(end.refusals.map(\.reason))
        #expect(reasons == [.wrongState(jobs[7], .ready, needs: [.dead, .cancelled]), .notFound(JobID(99))])
        let leases = try await engine.dispatch(DispatchRequest(worker: "w", max: 30), by: me).value
        #expect(leases.count == 30)
        #expect(leases.allSatisfy { $0.attempt == 1 })
        #expect(leases.allSatisfy { $0.specification.payload == [UInt8($0.job.rawValue - 1)] })
        try await engine.close()
    }

    @Test func `jobs are chosen by a filter, and the steps lead to the end`() async throws {
        let (engine, jobs) = try await morgue(12)
        try await engine.create(JobSpecification(kind: "other"), by: me)
        let filter = JobFilter(states: [.dead], kind: "a")
        let operation = try await engine.begin(.redrive, matching: filter, by: me)
        var last: BulkProgress?
        for await progress in operation.steps() { last = progress }
        let end = try await operation.finished()
        #expect(last == end)
        #expect(end.done == 12)
        #expect(end.hasEnded)
        await engine.jobs.caughtUp(to: end.sequence)
        #expect(await engine.jobs.numbers(filter).jobs.isEmpty)
        #expect(await engine.jobs.numbers(JobFilter(states: [.ready], kind: "a")).jobs == jobs)
        try await engine.close()
    }

    @Test func `an operation that is cancelled leaves the rest as it was`() async throws {
        let (engine, jobs) = try await morgue(30)
        let operation = engine.begin(.discard, on: jobs, rate: 1, clock: NeverClock(), by: me)
        while await operation.progress.done == 0 { await Task.yield() }
        operation.cancel()
        let end = try await operation.finished()
        #expect(end.done == 1)
        #expect(end.left == 29)
        #expect(end.hasEnded)
        #expect(try await engine.inspect { $0.outcome(of: JobID(2))?.state }.value == .dead)
        try await engine.close()
    }

    @Test func `an engine that closes under an operation ends it with its error`() async throws {
        let (engine, jobs) = try await morgue(3)
        try await engine.close()
        let operation = engine.begin(.cancel, on: jobs, by: me)
        guard case .closed = await engineError({ try await operation.finished() }) else {
            Issue.record("the operation went on")
            return
        }
        #expect(await operation.progress.done == 0)
    }
}

/// A clock on which no time passes.
private struct NeverClock: Clock {
    typealias Instant = ContinuousClock.Instant

    var now: Instant { ContinuousClock.now }
    var minimumResolution: Duration { .zero }

    /// Until the task is cancelled.
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (stream, held) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        withExtendedLifetime(held) {}
        try Task.checkCancellation()
    }
}
