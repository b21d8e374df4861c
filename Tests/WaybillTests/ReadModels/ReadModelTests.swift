import EventLog
import Testing
import Waybill

/// Read models show what the state says, after every history.
struct ReadModelTests {
    /// A job in each of the states that a caller can bring about.
    func bringAbout(_ engine: Engine) async throws {
        let once = RetryPolicy(maxAttempts: 1)
        try await engine.create(
            [
                JobSpecification(kind: "done", queue: "q"),
                JobSpecification(kind: "dead", queue: "q", retry: once),
                JobSpecification(kind: "later", queue: "q", runAt: Timestamp(seconds: 9000)),
                JobSpecification(kind: "gone"),
                JobSpecification(kind: "expired", expiresAt: Timestamp(seconds: 1005)),
            ],
            by: me
        )
        _ = try await engine.dispatch(DispatchRequest(worker: "w", queues: ["q"], max: 2), by: me)
        try await engine.complete(.job(JobID(1)), by: me)
        try await engine.fail(.job(JobID(2)), Failure(type: "io"), by: me)
        try await engine.cancel(JobID(4), by: me)
        try await engine.advance(by: .seconds(6))
        try await engine.suggest(JobSpecification(kind: "asked"), by: me)
    }

    let expected: [JobState] = [.succeeded, .dead, .scheduled, .cancelled, .cancelled, .proposed]

    func check(_ engine: Engine) async {
        await engine.jobs.caughtUp(to: engine.durableSequence)
        await engine.queues.caughtUp(to: engine.durableSequence)
        await engine.suggestions.caughtUp(to: engine.durableSequence)
        #expect(await engine.jobs.page().map(\.state) == expected)
        #expect(await engine.jobs[JobID(5)]?.cancellation == .expired)
        #expect(await engine.queues["q"]?.total == 3)
        #expect(await engine.queues.total(.cancelled) == 2)
        #expect(await engine.suggestions.count == 1)
        #expect(await engine.suggestions[JobID(6)]?.specification.kind == "asked")
    }

    @Test(arguments: [1, 262_144])
    func `the models show every state, live or from the log`(feedEvents: Int) async throws {
        let disk = MemoryDisk()
        let first = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await bringAbout(first)
        await check(first)
        try await first.close()
        let second = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        await check(second)
        try await second.close()
    }

    @Test func `pages follow a cursor and filters`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let jobs = (0..<30).map { JobSpecification(kind: $0 % 3 == 0 ? "a" : "b", queue: "q\($0 % 2)") }
        let created = try await engine.create(jobs, by: me)
        await engine.jobs.caughtUp(to: created.sequence)
        let filter = JobFilter(queue: "q0", kind: "b")
        var seen: [JobID] = []
        while true {
            let page = await engine.jobs.page(filter, after: seen.last, limit: 4)
            if page.isEmpty { break }
            #expect(page.allSatisfy { $0.queue == "q0" && $0.kind == "b" })
            seen += page.map(\.id)
        }
        #expect(seen.count == 10)
        #expect(seen == seen.sorted())
        #expect(await engine.jobs.page(JobFilter(states: [.running])).isEmpty)
        #expect(await engine.jobs.page(JobFilter(queue: "unknown")).isEmpty)
        #expect(await engine.jobs[JobID(31)] == nil)
        try await engine.close()
    }

    @Test func `who waits for a sequence that never comes is let go at the close`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        try await engine.create(JobSpecification(kind: "a"), by: me)
        let waiting = Task { await engine.jobs.caughtUp(to: 1_000_000) }
        try await engine.close()
        #expect(await waiting.value == false)
    }

    @Test func `who waits for a sequence that never comes can give up`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let waiting = Task.immediate { await engine.jobs.caughtUp(to: 1_000_000) }
        waiting.cancel()
        #expect(await waiting.value == false)
        #expect(await engine.suggestions.page(limit: -1).isEmpty)
        #expect(await engine.jobs.page(limit: -1).isEmpty)
        try await engine.close()
    }

    @Test func `after the close the models show the end and keep nobody waiting`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(feedEvents: 1))
        let requests = (1...300).map { CommandGroup.Member(.create(JobSpecification(kind: "k\($0)"))) }
        _ = try await engine.submit(each: requests, by: me)
        try await engine.close()
        await engine.jobs.caughtUp(to: engine.durableSequence)
        #expect(await engine.jobs.count == 300)
        await engine.jobs.caughtUp(to: .max)
    }
}
