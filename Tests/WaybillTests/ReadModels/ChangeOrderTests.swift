import Testing

@testable import Waybill

/// The order by the last change, where it costs too much and where it doesn't.
struct ChangeOrderTests {
    /// Six chunks of jobs, of which the last ones are cancelled first.
    func served(_ body: (Engine, [JobID]) async throws -> Void) async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        var jobs: [JobID] = []
        for _ in 0..<60 {
            let part = (0..<25).map { _ in JobSpecification(kind: "a") }
            jobs += try await engine.create(part, by: me).value
            try await engine.advance(by: .milliseconds(1))
        }
        for job in jobs.reversed() {
            try await engine.cancel(job, by: me)
            if job.rawValue % 10 == 0 { try await engine.advance(by: .milliseconds(1)) }
        }
        await engine.jobs.caughtUp(to: engine.durableSequence)
        try await body(engine, jobs)
        try await engine.close()
    }

    @Test func `the last changes are found with few looks, the first ones need as many as there are jobs`()
        async throws
    {
        try await served { engine, jobs in
            let model = engine.jobs
            let filter = JobFilter()
            let latest = await model.page(filter, by: .lastChangedFirst, after: nil, limit: 30, looks: 300)
            // Jobs that changed at one moment stand by number.
            #expect(latest.map { Set($0.map(\.id)) }?.isSubset(of: Set(jobs.prefix(40))) == true)
            #expect(latest?.count == 30)
            let first = await model.page(
                filter,
                by: .longestUnchangedFirst,
                after: nil,
                limit: 30,
                looks: 300
            )
            #expect(first == nil)
            let all = await model.page(filter, by: .longestUnchangedFirst, limit: 30)
            #expect(all.map { Set($0.map(\.id)) }?.isSubset(of: Set(jobs.suffix(40))) == true)
            #expect(all.map { $0.map(\.changedAt) == $0.map(\.changedAt).sorted() } == true)
            let narrow = JobFilter(ids: Array(jobs.prefix(200)))
            let found = await model.page(narrow, by: .longestUnchangedFirst, after: nil, limit: 3, looks: 200)
            #expect(found?.first?.id == JobID(200) || found?.first?.changedAt == found?.last?.changedAt)
            #expect(await model.page(filter, by: .lastChangedFirst, limit: 0) == [])
        }
    }
}
