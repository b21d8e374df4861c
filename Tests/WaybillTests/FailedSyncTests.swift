import EventLog
import TestSupport
import Testing
import Waybill

/// A failed sync ends the engine: nobody is told more than is known, and nothing acknowledged is lost.
struct FailedSyncTests {
    func isUnknown(_ error: EngineError?) -> Bool {
        if case .outcomeUnknown? = error { true } else { false }
    }

    /// Told that nothing was written.
    func isUnheard(_ error: EngineError?) -> Bool {
        if case .logFailed? = error { true } else { false }
    }

    @Test func `who waits for the failed batch can't know, who comes later is refused`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        var acknowledged: [JobID] = []
        for _ in 1...20 {
            acknowledged.append(try await engine.create(JobSpecification(kind: "a"), by: me).value)
        }
        let durable = engine.durableSequence
        disk.failSyncs()
        let group = (1...3).map { CommandGroup.Member(.create(JobSpecification(kind: "g\($0)"))) }
        #expect(isUnknown(await engineError { try await engine.submit(each: group, by: me) }))
        #expect(engine.durableSequence == durable)
        #expect(isUnknown(await engineError { try await engine.close() }))
        guard case .failed = engine.condition else {
            Issue.record("the condition is \(engine.condition)")
            return
        }
        // Nothing is tried again on that descriptor, not even once syncs work.
        disk.allowSyncs()
        let syncs = disk.syncCount
        let late = await engineError { try await engine.create(JobSpecification(kind: "b"), by: me) }
        #expect(isUnheard(late))
        #expect(disk.syncCount == syncs)
        await engine.jobs.caughtUp(to: durable)
        #expect(await engine.jobs.count == 20)

        let again = try await Engine.open(disk, smallOptions())
        await again.jobs.caughtUp(to: durable)
        for job in acknowledged { #expect(await again.jobs[job] != nil) }
        // All three of the unknown batch, or none of them.
        #expect([20, 23].contains(await again.jobs.count))
        try await again.close()
        _ = try verifyLog(disk)
    }

    @Test func `what gathers behind a failing sync was not written and is told so`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        try await engine.create(JobSpecification(kind: "a"), by: me)
        let durable = engine.durableSequence
        disk.syncGate.shut()
        let first = Task.immediate {
            await engineError { try await engine.create(JobSpecification(kind: "first"), by: me) }
        }
        await disk.syncGate.reached()
        let behind = (1...5).map { index in
            Task.immediate {
                await engineError { try await engine.create(JobSpecification(kind: "k\(index)"), by: me) }
            }
        }
        let subscriber = Task.immediate {
            try await subscribed(engine, after: engine.cursor(after: durable), through: durable + 1)
        }
        disk.failSyncs()
        disk.syncGate.open()
        #expect(isUnknown(await first.value))
        for task in behind {
            let error = await task.value
            #expect(isUnheard(error), "a command behind the failure gives \(String(describing: error))")
        }
        #expect(try await subscriber.value.isEmpty)
        await engine.jobs.caughtUp(to: durable + 1)
        #expect(await engine.jobs.count == 1)
    }

    @Test(arguments: 0..<48)
    func `nobody is told that nothing was written of what was`(syncs: Int) async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions())
        disk.failSyncs(after: syncs)
        // Several segments of several batches: each sync is of a batch, a fill or a birth.
        let job = JobSpecification(kind: "k", payload: [UInt8](repeating: 7, count: 250))
        let group = [CommandGroup.Member](repeating: CommandGroup.Member(.create(job)), count: 600)
        let error = await engineError { try await engine.submit(each: group, by: me) }
        let late = await engineError { try await engine.create(job, by: me) }
        _ = await engineError { try await engine.close() }
        disk.allowSyncs()
        let again = try await Engine.open(disk, smallOptions())
        let written = await again.jobs.count
        try await again.close()
        if error == nil {
            #expect(written >= 600)
        } else if isUnheard(error) {
            #expect(written == 0, "\(String(describing: error))")
        } else {
            #expect(isUnknown(error))
            #expect(isUnheard(late))
        }
    }

    @Test func `who reads behind a failed engine sees what is durable, then the end`() async throws {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions(feedEvents: 1))
        for _ in 1...20 { try await engine.create(JobSpecification(kind: "a"), by: me) }
        let durable = engine.durableSequence
        disk.failSyncs()
        #expect(isUnknown(await engineError { try await engine.create(JobSpecification(kind: "b"), by: me) }))
        let seen = try await subscribed(engine, through: .max)
        #expect(seen.map(\.sequence) == (1...durable).map { $0 })
        await engine.jobs.caughtUp(to: durable)
        #expect(await engine.jobs.count == 20)
        #expect(isUnknown(await engineError { try await engine.close() }))
        #expect(try lockHolder(disk) == nil)
    }
}
