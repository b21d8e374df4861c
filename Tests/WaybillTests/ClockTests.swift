import EventLog
import Testing
import Waybill

/// Timers: each at its own time under a virtual clock, and by themselves under the wall clock.
struct ClockTests {
    func bodies(_ disk: MemoryDisk) throws -> [(Timestamp, Event.Body)] {
        try storedEvents(disk).map { ($0.time, $0.body) }
    }

    @Test func `one long advance fires lease, backoff and expiry each at its own time`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        var job = JobSpecification(kind: "a", timeouts: Timeouts(lease: .seconds(30)))
        job.retry = RetryPolicy(maxCrashes: 1, base: .seconds(10), jitter: 0)
        try await engine.create(job, by: me)
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.create(JobSpecification(kind: "b", expiresAt: Timestamp(seconds: 1035)), by: me)
        try await engine.create(JobSpecification(kind: "c", runAt: Timestamp(seconds: 1050)), by: me)
        #expect(try await engine.advance(by: .seconds(3600)) == Timestamp(seconds: 4600))
        try await engine.close()
        var times: [String: Int64] = [:]
        for (time, body) in try bodies(disk) {
            let seconds = time.nanoseconds / 1_000_000_000
            switch body {
            case .leaseExpired: times["lease"] = seconds
            case .jobRetried(let retried): times["retry"] = retried.due.nanoseconds / 1_000_000_000
            case .jobExpired: times["expiry"] = seconds
            case .jobDue(let job): times["due \(job)"] = seconds
            default: continue
            }
        }
        #expect(times == ["lease": 1030, "retry": 1040, "expiry": 1035, "due 1": 1040, "due 3": 1050])
    }

    @Test func `one advance or many leave the same events`() async throws {
        func play(steps: Int64) async throws -> [Event] {
            let disk = MemoryDisk()
            let engine = try await Engine.open(disk, smallOptions())
            for index in 1...30 as ClosedRange<Int64> {
                var job = JobSpecification(kind: "a", timeouts: Timeouts(lease: .seconds(index)))
                if index % 3 == 0 { job.runAt = Timestamp(seconds: 1000 + index * 7) }
                try await engine.create(job, by: me)
            }
            _ = try await engine.dispatch(DispatchRequest(worker: "w", max: 30), by: me)
            for _ in 0..<steps { try await engine.advance(by: .seconds(600 / steps)) }
            try await engine.close()
            return try storedEvents(disk)
        }
        let once = try await play(steps: 1)
        #expect(try await play(steps: 600) == once)
        #expect(try await play(steps: 25) == once)
    }

    @Test func `a virtual clock stands still and does not go back`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        #expect(try await engine.advance(to: Timestamp(seconds: 1500)) == Timestamp(seconds: 1500))
        #expect(try await engine.advance(to: Timestamp(seconds: 1200)) == Timestamp(seconds: 1500))
        #expect(try await engine.advance(by: .seconds(-5)) == Timestamp(seconds: 1500))
        try await engine.close()
    }

    @Test func `the wall clock cannot be advanced`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(clock: .wall))
        let error = await engineError { try await engine.advance(by: .seconds(1)) }
        guard case .clockIsNotVirtual? = error else {
            Issue.record("an advance gives \(String(describing: error))")
            return
        }
        try await engine.close()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a lease expires by itself under the wall clock, and so does the backoff after it`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(clock: .wall))
        var job = JobSpecification(kind: "a", timeouts: Timeouts(lease: .milliseconds(20)))
        job.retry = RetryPolicy(base: .milliseconds(5), jitter: 0)
        try await engine.create(job, by: me)
        let lease = try #require(try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value.first)
        var expired: Event?
        for try await events in try engine.events() {
            for case let event in events {
                if case .leaseExpired = event.body { expired = event }
            }
            let isDue = events.contains { if case .jobDue = $0.body { true } else { false } }
            if isDue { break }
        }
        #expect(try #require(expired).time >= lease.deadline)
        #expect(
            await refusal { try await engine.complete(.lease(lease.token), by: me) }
                == .leaseLost(lease.token)
        )
        try await engine.close()
    }

    @Test func `a thousand timers due at one moment fire in as many batches as they need`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let job = JobSpecification(kind: "a", runAt: Timestamp(seconds: 1010))
        _ = try await engine.submit(
            each: [CommandGroup.Member](repeating: CommandGroup.Member(.create(job)), count: 1000),
            by: me
        )
        try await engine.advance(by: .seconds(10))
        #expect(try await engine.inspect { state in state.readyCount }.value == 1000)
        try await engine.close()
        #expect(try storedEvents(disk).count == 2001)
    }
}
