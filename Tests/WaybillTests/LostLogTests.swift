import EventLog
import Foundation
import Glibc
import Orchestration
import TestSupport
import Testing
import Waybill

/// The log goes away under a live engine, as when somebody cleans up: nothing is acknowledged that isn't there, and
/// what isn't there any more is never taken for the end of a list.
struct LostLogTests {
    enum Loss: CaseIterable {
        case directory, removedSegment, cutSegment, emptiedSegment

        /// Loses it, and gives the name of the file that must be named.
        func strike(_ path: String) throws -> String {
            let disk = try RealDisk(path, create: false)
            let name = try #require(try disk.files().segments.first)
            switch self {
            case .directory: try FileManager.default.removeItem(atPath: path)
            case .removedSegment: try disk.remove(name)
            case .cutSegment, .emptiedSegment:
                let file = try disk.open(name, .write)
                defer { disk.close(file) }
                try disk.truncate(file, to: self == .cutSegment ? 200 : 0)
            }
            return name
        }
    }

    /// An engine over several segments, whose first job succeeded, whose second is dead, and whose feed forgets soon.
    private func opened(_ path: String) async throws -> Engine {
        let engine = try await Engine.open(at: path, options: smallOptions(feedEvents: 10))
        for _ in 1...2 {
            try await engine.create(
                JobSpecification(kind: "first", retry: RetryPolicy(maxAttempts: 1)),
                by: me
            )
        }
        let leases = try await engine.dispatch(DispatchRequest(worker: "w", max: 2), by: me).value
        try await engine.complete(.lease(leases[0].token), result: Payload([1]), by: me)
        try await engine.fail(.lease(leases[1].token), Failure(type: "E"), by: me)
        var random = SeededRandom(seed: 3)
        for _ in 1...400 {
            try await engine.create(JobSpecification(kind: "a", payload: random.bytes(250)), by: me)
        }
        await engine.caughtUp(to: engine.durableSequence)
        return engine
    }

    /// The file that an error names; nil where it names none.
    private func lost(_ error: EngineError?) -> String? { error?.damage?.file }

    private func isFailed(_ engine: Engine) -> Bool {
        if case .failed = engine.condition { true } else { false }
    }

    @Test(arguments: Loss.allCases)
    func `the next command is refused, nothing is written, and reads say what is missing`(loss: Loss)
        async throws
    {
        let directory = try TemporaryDirectory()
        let path = directory.path("log")
        let engine = try await opened(path)
        let name = try loss.strike(path)
        let durable = engine.durableSequence
        let refused = await engineError { try await engine.create(JobSpecification(kind: "b"), by: me) }
        guard case .logFailed(.damaged(let damage))? = refused else {
            Issue.record("the command gives \(String(describing: refused))")
            return
        }
        #expect(damage.file == name)
        #expect(engine.durableSequence == durable)

        #expect(lost(await engineError { try await engine.history(of: JobID(1)) }) == name)
        #expect(lost(await engineError { try await engine.detail(of: JobID(1)) }) == name)
        #expect(lost(await engineError { try await engine.rerun(JobID(1), by: me) }) == name)
        #expect(lost(await engineError { try await engine.redrive([JobID(2)], by: me) }) == name)
        #expect(lost(await engineError { try await subscribed(engine, through: durable) }) == name)
        // What memory knows is still told.
        #expect(try await engine.detail(of: JobID(400))?.specification.kind == "a")
        #expect(await engine.jobs.count == 402)
        #expect(lost(await engineError { try await engine.close() }) == name)
    }

    @Test(arguments: Loss.allCases)
    func `a read that meets the loss before any command ends the taking of commands`(loss: Loss) async throws
    {
        let directory = try TemporaryDirectory()
        let path = directory.path("log")
        let engine = try await opened(path)
        let name = try loss.strike(path)
        #expect(lost(await engineError { try await engine.history(of: JobID(2)) }) == name)
        let refused = await engineError { try await engine.create(JobSpecification(kind: "b"), by: me) }
        #expect(lost(refused) == name)
        #expect(isFailed(engine))
        #expect(lost(await engineError { try await engine.close() }) == name)
    }

    @Test func `who asks how the engine is learns of the loss`() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await opened(directory.path("log"))
        try await engine.examineLog()
        let name = try Loss.cutSegment.strike(directory.path("log"))
        #expect(lost(await engineError { try await engine.examineLog() }) == name)
        #expect(isFailed(engine))
    }

    @Test func `a subscriber that is behind is told what is missing, and never that this was all`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let path = directory.path("log")
        let engine = try await opened(path)
        var stream = try engine.events().makeAsyncIterator()
        #expect(try await stream.next()?.first?.sequence == 1)
        let segments = try RealDisk(path, create: false).files().segments
        try FileManager.default.removeItem(atPath: path + "/" + segments[2])
        #expect(lost(await engineError { while try await stream.next() != nil {} }) == segments[2])
    }
}

/// The disk fails under a live engine: it answers reads as of what is durable, for as long as it is asked.
struct FailedDiskReadingTests {
    private func read(after failure: (FaultyDisk) -> Void) async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        for _ in 1...5 { try await engine.create(JobSpecification(kind: "a"), by: me) }
        let lease = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0]
        try await engine.complete(.lease(lease.token), result: Payload([7]), by: me)
        let durable = engine.durableSequence
        failure(disk)
        let group = (1...3).map { CommandGroup.Member(.create(JobSpecification(kind: "g\($0)"))) }
        _ = await engineError { try await engine.submit(each: group, by: me) }
        // What was decided and may be lost is not shown.
        let seen = try await engine.inspect { state in state.jobCount }
        guard case .failed = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        #expect(seen.value == 5)
        #expect(seen.sequence == durable)
        #expect(try await engine.detail(of: JobID(1))?.result?.bytes == [7])
        #expect(try await engine.detail(of: JobID(2))?.state == .ready)
        #expect(try await engine.detail(of: JobID(6)) == nil)
        #expect(try await engine.history(of: JobID(1))?.count == 3)
        #expect(try await subscribed(engine, through: durable).count == Int(durable))
        #expect(await engine.jobs.count == 5)
        disk.refuse(nil)
        _ = await engineError { try await engine.close() }
        #expect(try lockHolder(disk) == nil)
    }

    @Test func `an I/O error in a sync leaves reads as of what is durable`() async throws {
        try await read { $0.failSyncs() }
    }

    @Test func `an I/O error in a write leaves reads as of what is durable`() async throws {
        try await read { disk in
            disk.refuse { operation, _ in operation == .write ? EIO : nil }
        }
    }
}
