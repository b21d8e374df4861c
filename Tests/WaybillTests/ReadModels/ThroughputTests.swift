import EventLog
import Testing
import Waybill

/// Rates and durations in the log's time.
struct ThroughputTests {
    @Test func `intervals count what happened in them`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let once = RetryPolicy(maxAttempts: 1)
        try await engine.create((0..<4).map { _ in JobSpecification(kind: "a", retry: once) }, by: me)
        _ = try await engine.dispatch(DispatchRequest(worker: "w", max: 2), by: me)
        try await engine.advance(by: .seconds(35))
        try await engine.complete(.job(JobID(1)), by: me)
        try await engine.fail(.job(JobID(2)), Failure(type: "io"), by: me)
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.advance(by: .seconds(60))
        await caughtUp(engine, to: engine.durableSequence)
        let intervals = await engine.throughput.intervals()
        #expect(intervals.map(\.start) == [1000, 1030, 1090].map { Timestamp(seconds: $0) })
        #expect(intervals.map(\.created) == [4, 0, 0])
        #expect(intervals.map(\.dispatched) == [2, 1, 0])
        #expect(intervals.map(\.succeeded) == [0, 1, 0])
        #expect(intervals.map(\.failed) == [0, 1, 0])
        #expect(intervals.map(\.dead) == [0, 1, 0])
        #expect(intervals.map(\.crashed) == [0, 0, 1])
        #expect(await engine.throughput.intervals(from: Timestamp(seconds: 1030)).count == 2)
        try await engine.close()
    }

    @Test func `percentiles are of the last two hours, by queue and kind`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        for seconds in 1...100 {
            let job = JobSpecification(kind: seconds % 2 == 0 ? "even" : "odd", queue: "q\(seconds % 2)")
            let id = try await engine.create(job, by: me).value
            try await engine.advance(by: .milliseconds(Int64(seconds)))
            _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            try await engine.advance(by: .milliseconds(Int64(seconds) * 10))
            try await engine.complete(.job(id), by: me)
        }
        await caughtUp(engine, to: engine.durableSequence)
        let waits = try #require(await engine.throughput.waits())
        #expect(waits.count == 100)
        expectAbout(waits.p50, .milliseconds(50))
        expectAbout(waits.p99, .milliseconds(99))
        expectAbout(waits.max, .milliseconds(100))
        expectAbout(waits.mean, TimeSpan(nanoseconds: 50_500_000))
        let runs = try #require(await engine.throughput.runs(kind: "even"))
        #expect(runs.count == 50)
        expectAbout(runs.p50, .milliseconds(500))
        expectAbout(try #require(await engine.throughput.runs(queue: "q1")).p95, .milliseconds(950))
        #expect(await engine.throughput.waits(queue: "none") == nil)
        try await engine.advance(by: .seconds(3600))
        try await engine.create(JobSpecification(kind: "even"), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.throughput.waits()?.count == 100)
        try await engine.advance(by: .seconds(3600))
        try await engine.create(JobSpecification(kind: "even"), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.throughput.waits() == nil)
        try await engine.close()
    }

    func expectAbout(_ span: TimeSpan, _ expected: TimeSpan) {
        let error = abs(span.nanoseconds - expected.nanoseconds)
        #expect(error * 50 <= expected.nanoseconds, "\(span) is not \(expected)")
    }

    @Test func `queues and workers know how their attempts ended`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        try await engine.register(WorkerSpecification(name: "w", slots: 8, labels: ["x"]), by: me)
        try await engine.configure(QueueSpecification(name: "q", concurrency: 7), by: me)
        try await engine.create((0..<7).map { _ in JobSpecification(kind: "a", queue: "q") }, by: me)
        _ = try await engine.dispatch(DispatchRequest(worker: "w", max: 7), by: me)
        for job in 1...3 { try await engine.complete(.job(JobID(UInt64(job))), by: me) }
        try await engine.fail(.job(JobID(4)), Failure(type: "io"), by: me)
        try await engine.snooze(.job(JobID(5)), for: .seconds(900), by: me)
        try await engine.advance(by: .seconds(2))
        try await engine.release(.job(JobID(6)), by: me)
        try await engine.drain(worker: "w", by: me)
        try await engine.advance(by: .seconds(70))
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions())
        for engine in [engine, again] {
            let worker = try #require(await engine.workers["w"])
            let queue = try #require(await engine.queues["q"])
            #expect(worker.attempts == queue.attempts)
            let tally = worker.attempts
            #expect((tally.succeeded, tally.failed, tally.crashed) == (3, 1, 1))
            #expect(tally.snoozed == 1 && tally.released == 1)
            #expect(tally.completionRate == 0.6)
            #expect(worker.running == 0 && worker.isDraining && worker.available == 8)
            #expect(worker.registration?.labels == ["x"])
            #expect(worker.lastSeen == Timestamp(seconds: 1002))
            #expect(queue.depth == 4 && queue.inFlight == 0 && queue.available == 7)
            #expect(queue.oldestReady == Timestamp(seconds: 1002) || queue[.ready] > 1)
        }
        try await again.close()
    }
}
