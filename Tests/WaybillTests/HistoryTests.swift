import EventLog
import Testing
import Waybill

/// A job's own events, backwards, page by page.
struct HistoryTests {
    @Test(arguments: [5, 6] as [UInt64])
    func `pages give what the whole log gives`(seed: UInt64) async throws {
        let disk = MemoryDisk()
        var clients = RandomClients(seed: seed)
        let engine = try await Engine.open(disk, smallOptions())
        try await clients.prepare(engine)
        for _ in 0..<700 { try await clients.act(on: engine) }
        let events = try storedEvents(disk)
        for id in 1...(try await engine.inspect { $0.jobCount }.value) {
            let own = events.filter { $0.body.job == JobID(id) }
            if case .jobPruned = own.last?.body {
                #expect(try await engine.history(of: JobID(id)) == nil)
                let rest = try await engine.history(of: JobID(id), before: own.last?.sequence)
                #expect(rest == own.dropLast().reversed())
                continue
            }
            var seen: [Event] = []
            repeat {
                let page = try await engine.history(of: JobID(id), before: seen.last?.sequence, limit: 3)
                seen += try #require(page)
                if page?.isEmpty == true { break }
            } while seen.count < own.count
            #expect(seen == own.reversed(), "job \(id)")
        }
        try await engine.close()
    }

    @Test func `what is no event of the job is refused, and a job that never was has no history`()
        async throws
    {
        let engine = try await Engine.inMemory(options: smallOptions())
        let created = try await engine.create(
            [JobSpecification(kind: "a"), JobSpecification(kind: "b")],
            by: me
        )
        let reason = Refusal.invalid(field: "before", problem: "is no event of job 1")
        for before in [created.sequence, 0, 77] {
            #expect(await refusal { try await engine.history(of: JobID(1), before: before) } == reason)
        }
        #expect(try await engine.history(of: JobID(1), limit: 0) == [])
        #expect(try await engine.history(of: JobID(3)) == nil)
        try await engine.close()
    }
}
