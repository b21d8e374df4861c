import EventLog
import Testing

@testable import Waybill

/// Dead jobs are found by what killed them, until somebody deals with them.
struct DeadLetterTests {
    let once = RetryPolicy(maxAttempts: 1, maxCrashes: 0)

    func kill(_ engine: Engine, _ messages: [String], kind: String = "a") async throws -> [JobID] {
        let jobs = messages.map { _ in JobSpecification(kind: Name(kind), retry: once) }
        let ids = try await engine.create(jobs, by: me).value
        _ = try await engine.dispatch(DispatchRequest(worker: "w", max: jobs.count), by: me)
        for (job, message) in zip(ids, messages) {
            try await engine.fail(.job(job), Failure(type: "io", message: message), by: me)
        }
        return ids
    }

    @Test func `jobs that died of the same error are one group, over a reopening too`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let ids = try await kill(engine, ["disk 17 is gone", "no route", "disk 4  is gone"])
        try await engine.advance(by: .seconds(5))
        let others = try await kill(engine, ["disk 5 is gone"], kind: "b") + kill(engine, ["disk 6 is gone"])
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions())
        for model in [engine.deadLetters, again.deadLetters] {
            let groups = await model.groups()
            #expect(groups.map(\.id) == [1, 2, 3])
            #expect(groups.map(\.fingerprint) == ["disk # is gone", "no route", "disk # is gone"])
            #expect(groups.map(\.kind) == ["a", "a", "b"])
            #expect(groups.map(\.count) == [3, 1, 1])
            #expect(groups[0].sample == "disk 6 is gone")
            #expect(groups[0].errorType == "io")
            #expect(groups[0].firstSeen == Timestamp(seconds: 1000))
            #expect(groups[0].lastSeen == Timestamp(seconds: 1005))
            let page = await model.page(of: 1, limit: 2)
            #expect(page.map(\.id) == [ids[0], ids[2]])
            #expect(await model.page(of: 1, after: ids[2]).map(\.id) == [others[1]])
            #expect(await model[ids[0]]?.message == "disk 17 is gone")
            #expect(await model[ids[0]]?.reason == "attempts used up")
            #expect(await model.groups(after: 1, limit: 1).map(\.id) == [2])
        }
        try await again.close()
    }

    @Test func `a job leaves with its redrive, its discarding or its pruning`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let ids = try await kill(engine, ["a", "b", "c", "c"])
        try await engine.redrive([ids[0]], by: me)
        try await engine.discard([ids[1]], by: me)
        try await engine.prune([ids[2]], by: me)
        await caughtUp(engine, to: engine.durableSequence)
        let model = engine.deadLetters
        #expect(await model.count == 1)
        #expect(await model.groups().map(\.fingerprint) == ["c"])
        #expect(await model.page(of: 3).map(\.id) == [ids[3]])
        #expect(await model.group(1) == nil)
        #expect(await model[ids[0]] == nil)
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.fail(.job(ids[0]), Failure(type: "io", message: "a"), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await model.groups().map(\.id) == [3, 4])
        try await engine.close()
    }

    @Test func `crashes and parents kill too`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let first = try await engine.create(JobSpecification(kind: "a", retry: once), by: me).value
        let child = try await engine.create(JobSpecification(kind: "b", after: [first]), by: me).value
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.advance(by: .seconds(61))
        await caughtUp(engine, to: engine.durableSequence)
        let crash = await engine.deadLetters[first]
        #expect(crash?.cause == .crash)
        #expect(crash?.message == "crashes used up")
        #expect(crash?.errorType == "")
        let orphan = await engine.deadLetters[child]
        #expect(orphan?.cause == .parent)
        #expect(orphan?.message.contains("job 1,") == true)
        let fingerprints = await engine.deadLetters.groups().map(\.fingerprint)
        #expect(fingerprints == ["crashes used up", "job #, which it waited for, did not succeed"])
        try await engine.close()
    }

    @Test func `a fingerprint leaves out what differs`() {
        let cases = [
            ("", ""), ("plain words", "plain words"), ("a\n\t b", "a b"),
            ("10.0.0.1:8080 refused", "#.#.#.#:# refused"),
            ("user 550e8400-e29b-41d4-abcd-446655440000?", "user #-#-#-#-#?"),
            ("0xDEADBEEF at 7f3a", "# at #"), ("well-known feed", "well-known feed"),
            ("größe 5 zu groß", "größe # zu groß"),
        ]
        for (message, fingerprint) in cases { #expect(MessageFingerprint.of(message) == fingerprint) }
        let long = String(repeating: "ö", count: 400)
        #expect(MessageFingerprint.of(long).count <= 240)
    }

    @Test func `a long message is cut between two scalars, as every version of Unicode has them`()
        async throws
    {
        let engine = try await Engine.inMemory(options: smallOptions())
        let ids = try await kill(engine, [String(repeating: "👩‍🚀", count: 23)])
        await caughtUp(engine, to: engine.durableSequence)
        let message = await engine.deadLetters[ids[0]]?.message
        #expect(message == String(repeating: "👩‍🚀", count: 21) + "👩\u{200d}")
        try await engine.close()
    }
}
