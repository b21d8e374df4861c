import EventLog
import Foundation
import Orchestration
import TestSupport
import Testing
import Waybill

/// Opening what another engine left: the same state, the same time, and never twice at once.
struct ReopeningTests {
    func play(_ engine: Engine) async throws {
        try await engine.register(MachineSpecification(name: "m", cpuMillis: 4000), by: me)
        var random = SeededRandom(seed: 5)
        for index in 1...120 {
            let noise = random.bytes(250)
            try await engine.create(JobSpecification(kind: "k\(index)", payload: noise), by: me)
            if index % 3 == 0 {
                _ = try await engine.dispatch(DispatchRequest(worker: "w", max: 2, machine: "m"), by: me)
            }
            if index % 5 == 0 {
                _ = await refusal { try await engine.complete(.job(JobID(UInt64(index / 5))), by: me) }
            }
            if index % 30 == 0 { try await engine.advance(by: .seconds(31)) }
        }
    }

    @Test func `the folded log has the digest of the live state, and so has the next engine`() async throws {
        let temporary = try TemporaryDirectory()
        let first = try await Engine.open(at: temporary.path, options: smallOptions())
        try await play(first)
        let live = try await digest(of: first)
        try await first.close()
        let disk = try RealDisk(temporary.path, create: false)
        #expect(try await foldedDigest(disk, smallOptions()) == live)
        let second = try await Engine.open(at: temporary.path, options: smallOptions())
        #expect(second.opening.wasClean)
        try await play(second)
        let later = try await digest(of: second)
        #expect(later != live)
        try await second.close()
        #expect(try await foldedDigest(disk, smallOptions()) == later)
        #expect(try verifyLog(disk).segments > 1)
    }

    @Test func `a second engine on the directory is refused with the first one's process`() async throws {
        let temporary = try TemporaryDirectory()
        let engine = try await Engine.open(at: temporary.path, options: smallOptions())
        let error = await engineError { try await Engine.open(at: temporary.path, options: smallOptions()) }
        guard case .log(.locked(let holder))? = error else {
            Issue.record("the second engine gets \(String(describing: error))")
            return
        }
        #expect(holder == ProcessInfo.processInfo.processIdentifier)
        #expect(String(describing: error).contains("\(holder)"))
        try await engine.create(JobSpecification(kind: "a"), by: me)
        try await engine.close()
        try await Engine.open(at: temporary.path, options: smallOptions()).close()
    }

    @Test func `time does not go back over a reopening with an earlier clock`() async throws {
        let disk = MemoryDisk()
        let future = EngineClock.virtual(start: Timestamp(seconds: 9_000_000_000))
        let first = try await Engine.open(disk, smallOptions(clock: future))
        try await first.create(JobSpecification(kind: "a"), by: me)
        try await first.close()
        for clock in [EngineClock.wall, .virtual(start: Timestamp(seconds: 5))] {
            let engine = try await Engine.open(disk, smallOptions(clock: clock))
            try await engine.create(JobSpecification(kind: "b"), by: me)
            try await engine.close()
        }
        let times = try storedEvents(disk).map(\.time)
        #expect(times == times.sorted())
        #expect(times.allSatisfy { $0 >= Timestamp(seconds: 9_000_000_000) })
    }

    @Test func `job numbers and lease tokens are not issued twice`() async throws {
        let disk = MemoryDisk()
        var tokens: [LeaseToken] = []
        for round in 1...4 as ClosedRange<UInt64> {
            let engine = try await Engine.open(disk, smallOptions())
            #expect(try await engine.create(JobSpecification(kind: "a"), by: me).value == JobID(round))
            tokens += try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value.map(\.token)
            try await engine.close()
        }
        #expect(tokens.map(\.epoch) == [1, 2, 3, 4])
        #expect(tokens == tokens.sorted() && Set(tokens.map(\.counter)).count == 4)
    }

    @Test func `a lease is live again after a reopening`() async throws {
        let disk = MemoryDisk()
        let first = try await Engine.open(disk, smallOptions())
        try await first.create(JobSpecification(kind: "a"), by: me)
        let lease = try #require(try await first.dispatch(DispatchRequest(worker: "w"), by: me).value.first)
        try await first.close()
        // Half an hour later: the lease of a minute would long be over.
        let later = EngineClock.virtual(start: Timestamp(seconds: 2800))
        let second = try await Engine.open(disk, smallOptions(clock: later))
        try await second.complete(.lease(lease.token), by: me)
        try await second.close()
    }
}
