import EventLog
import Synchronization
import Testing
import Waybill

/// A wall clock whose readings a test sets.
private final class Readings: Sendable {
    private let state = Mutex((wall: Timestamp(seconds: 1_700_000_000), monotonic: Int64(1)))

    var readings: ClockSource {
        ClockSource(
            wall: { self.state.withLock { $0.wall } },
            monotonic: { self.state.withLock { $0.monotonic } }
        )
    }

    /// Time passes, and the wall clock is set on by `jump` besides.
    func pass(_ span: TimeSpan, jump: TimeSpan = .zero) {
        state.withLock { state in
            state.monotonic += span.nanoseconds
            state.wall = state.wall + span + jump
        }
    }
}

/// A clock that jumps is not believed.
struct DoubtedClockTests {
    private func open(_ disk: MemoryDisk, _ readings: Readings) async throws -> Engine {
        var options = smallOptions(clock: .wall)
        options.clockSource = readings.readings
        return try await Engine.open(disk, options)
    }

    /// The time at which the engine records something now.
    private func time(_ engine: Engine) async throws -> Timestamp {
        let job = try await engine.create(JobSpecification(kind: "a"), by: me)
        return try await engine.inspect { $0[job.value]?.readySince }.value ?? .zero
    }

    @Test func `a small step forward is followed, a step back never`() async throws {
        let readings = Readings()
        let engine = try await open(MemoryDisk(), readings)
        let first = try await time(engine)
        readings.pass(.seconds(1), jump: .seconds(1800))
        #expect(try await time(engine) == first + .seconds(1801))
        readings.pass(.seconds(1), jump: .seconds(-7200))
        #expect(try await time(engine) == first + .seconds(1802))
        try await engine.close()
    }

    @Test func `a jump of ten years fires no timer until it is accepted, and is recorded then`() async throws
    {
        let readings = Readings()
        let disk = MemoryDisk()
        let engine = try await open(disk, readings)
        let start = try await time(engine)
        let lease = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0]
        let years = TimeSpan.seconds(10 * 365 * 24 * 3600)
        readings.pass(.seconds(1), jump: years)
        #expect(try await time(engine) == start + .seconds(1))
        #expect(try await engine.inspect { $0.holder(of: lease.token) != nil }.value)
        guard case .clockInDoubt(let ahead) = engine.condition else {
            Issue.record("the clock is believed")
            return
        }
        #expect(ahead == years)
        #expect(try await engine.acceptClock() == years)
        #expect(try await engine.acceptClock() == nil)
        #expect(try await engine.inspect { $0.holder(of: lease.token) == nil }.value)
        try await engine.close()
        let jumps = try storedEvents(disk).filter {
            if case .clockJumped(years) = $0.body { true } else { false }
        }
        #expect(jumps.map(\.time) == [start + .seconds(1) + years])
    }

    @Test func `a clock that was set right again is believed again`() async throws {
        let readings = Readings()
        let engine = try await open(MemoryDisk(), readings)
        let start = try await time(engine)
        readings.pass(.seconds(1), jump: .seconds(10_000))
        _ = try await time(engine)
        readings.pass(.seconds(1), jump: .seconds(-10_000))
        #expect(try await time(engine) == start + .seconds(2))
        guard case .serving = engine.condition else {
            Issue.record("the clock is doubted")
            return
        }
        try await engine.close()
    }

    @Test func `a restart after a month and more doubts the clock, a shorter pause doesn't`() async throws {
        let readings = Readings()
        let disk = MemoryDisk()
        let first = try await open(disk, readings)
        let start = try await time(first)
        try await first.close()
        readings.pass(.seconds(29 * 24 * 3600))
        let second = try await open(disk, readings)
        #expect(try await time(second) == start + .seconds(29 * 24 * 3600))
        try await second.close()
        readings.pass(.seconds(31 * 24 * 3600))
        let third = try await open(disk, readings)
        #expect(try await time(third) == start + .seconds(29 * 24 * 3600))
        try await third.close()
    }

    @Test(.timeLimit(.minutes(1)))
    func `an engine that nobody asks for anything says that its clock is wrong, and when it is right again`()
        async throws
    {
        let readings = Readings()
        let disk = MemoryDisk()
        let month = TimeSpan.seconds(31 * 24 * 3600)
        try await open(disk, readings).close()
        readings.pass(.seconds(1), jump: month)
        let engine = try await open(disk, readings)
        guard case .clockInDoubt = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        readings.pass(.seconds(1), jump: .seconds(-31 * 24 * 3600))
        while case .clockInDoubt = engine.condition { await Task.yield() }
        guard case .serving = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        try await engine.close()
    }
}
