import EventLog
import Orchestration
import TestSupport
import Testing
import Waybill

/// How commands become batches, and that it makes no difference to what they do.
struct BatchingTests {
    /// A seeded mixture of commands, with moves of the clock in between.
    func script(_ count: Int, seed: UInt64) -> [Command?] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { index in
            let choice = random.next() % 10
            let job = JobID(random.next() % UInt64(index + 1) + 1)
            return switch choice {
            case 0...3: .create(specification(index, &random))
            case 4...5: .dispatch(DispatchRequest(worker: "w\(random.next() % 3)", max: 2))
            case 6: .complete(.job(job), result: Payload([1]))
            case 7: .fail(.job(job), Failure(type: "io"))
            case 8: .cancel([job])
            default: nil
            }
        }
    }

    func specification(_ index: Int, _ random: inout SeededRandom) -> JobSpecification {
        var job = JobSpecification(kind: "k\(index % 3)", payload: [UInt8](repeating: 3, count: 100))
        if random.next() % 4 == 0 { job.runAt = Timestamp(seconds: 1000 + Int64(random.next() % 60)) }
        if random.next() % 4 == 0 { job.uniqueKey = "u\(random.next() % 5)" }
        job.timeouts.lease = .seconds(Int64(random.next() % 20) + 1)
        return job
    }

    /// Plays the script with at most `size` commands a call.
    func play(_ script: [Command?], inGroupsOf size: Int) async throws -> (
        digest: String, events: [Event], batches: Int
    ) {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        var group: [CommandGroup.Member] = []
        for command in script {
            if let command { group.append(.init(command)) }
            guard command == nil || group.count == size else { continue }
            _ = try await engine.submit(each: group, by: me)
            group = []
            if command == nil { try await engine.advance(by: .seconds(7)) }
        }
        _ = try await engine.submit(each: group, by: me)
        let digest = try await digest(of: engine)
        try await engine.close()
        return (digest, try storedEvents(disk), try verifyLog(disk).batches)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the same commands in other batches leave the same events and the same state`(seed: UInt64)
        async throws
    {
        let script = script(400, seed: seed)
        let single = try await play(script, inGroupsOf: 1)
        for size in [2, 17, 400] {
            let grouped = try await play(script, inGroupsOf: size)
            #expect(grouped.digest == single.digest, "seed \(seed), groups of \(size)")
            #expect(grouped.events == single.events, "seed \(seed), groups of \(size)")
            #expect(grouped.batches < single.batches)
        }
    }

    @Test func `commands that do not fit one batch are split over several, in order`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let before = try verifyLog(disk).batches
        let jobs = (0..<200).map { index in
            JobSpecification(kind: "k\(index)", payload: [UInt8](repeating: UInt8(index), count: 250))
        }
        let outcomes = try await engine.submit(each: jobs.map { CommandGroup.Member(.create($0)) }, by: me)
        let answers = try outcomes.map { try $0.get() }
        #expect(answers.map(\.value) == (1...200).map { .created(JobID($0)) })
        #expect(answers.map(\.sequence) == (2...201).map { $0 })
        // 200 × 250 bytes against 8 KiB a batch.
        #expect(try verifyLog(disk).batches - before >= 7)
        try await engine.close()
        #expect(try storedEvents(disk).map(\.sequence) == (1...201).map { $0 })
    }

    @Test func `a command over the limit is refused whole and the next one goes on`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let job = JobSpecification(kind: "a", payload: [UInt8](repeating: 1, count: 250))
        let before = try await digest(of: engine)
        let reason = await refusal {
            try await engine.create([JobSpecification](repeating: job, count: 20), by: me)
        }
        guard case .commandTooLarge(let bytes, let limit) = reason else {
            Issue.record("refused with \(String(describing: reason))")
            return
        }
        #expect(limit == 4096)
        #expect(bytes > limit)
        #expect(try await digest(of: engine) == before)
        #expect(try await engine.create(job, by: me).value == JobID(1))
        let large = JobSpecification(kind: "a", payload: [UInt8](repeating: 1, count: 257))
        #expect(
            await refusal { try await engine.create(large, by: me) }
                == .payloadTooLarge(field: "payload", bytes: 257, limit: 256)
        )
        try await engine.close()
        #expect(try storedEvents(disk).count == 2)
    }

    @Test func `a command too large in the middle of a batch takes nothing with it`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let job = JobSpecification(kind: "a", payload: [UInt8](repeating: 1, count: 250))
        let outcomes = try await engine.submit(
            each: [
                CommandGroup.Member(.create(job)),
                CommandGroup.Member(.createMany([JobSpecification](repeating: job, count: 20))),
                CommandGroup.Member(.create(job)),
            ],
            by: me
        )
        #expect(try outcomes[0].get().sequence == 2)
        #expect(throws: EngineError.self) { try outcomes[1].get() }
        #expect(try outcomes[2].get().value == .created(JobID(2)))
        #expect(try outcomes[2].get().sequence == 3)
        try await engine.close()
    }
}
