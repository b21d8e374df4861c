import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// What stands in one answer is of one moment, and `Waybill-Sequence` is that moment's, while others write.
struct MomentTests {
    /// Reads again and again until every writer is done.
    ///
    /// Each job is one event, so a moment's sequence says how many jobs there are.
    private func read(
        _ path: String,
        creating: @escaping @Sendable (Engine, Int) async throws -> Void,
        _ check: (_ answer: [String: Any], _ jobs: Int) throws -> Void
    ) async throws {
        try await TestServer.run { server in
            let before = server.engine.durableSequence
            let writers = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 1...8 {
                        group.addTask {
                            for number in 1...40 { try await creating(server.engine, writer * 100 + number) }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            var jobs = 0
            while jobs < 320 {
                let answer = try await server.ask(.GET, path)
                let header = try #require(answer.headers.first(name: "Waybill-Sequence"))
                jobs = Int(try #require(UInt64(header)) - before)
                try check(answer.object(), jobs)
            }
            try await writers.value
        }
    }

    @Test(arguments: ["", "&order=newest", "&order=lastChanged", "&queue=default&kind=k"])
    func `jobs, their counts and the sequence`(query: String) async throws {
        try await read("/v1/jobs?limit=1000\(query)") { engine, _ in
            try await engine.create(JobSpecification(kind: "k"), by: CommandContext(actor: "test"))
        } _: { page, jobs in
            let listed = try #require(page["jobs"] as? [Any])
            let counts = try #require(page["counts"] as? [String: Int])
            #expect(listed.count == jobs)
            #expect(counts.values.reduce(0, +) == jobs)
        }
    }

    @Test func `suggestions, their count and the sequence`() async throws {
        try await read("/v1/suggestions?limit=1000") { engine, _ in
            try await engine.suggest(JobSpecification(kind: "k"), by: CommandContext(actor: "test"))
        } _: { page, jobs in
            let listed = try #require(page["suggestions"] as? [Any])
            #expect(listed.count == jobs)
            #expect(page["count"] as? Int == jobs)
        }
    }

    @Test func `queues with their counts, and the sequence`() async throws {
        try await read("/v1/queues") { engine, number in
            let job = JobSpecification(kind: "k", queue: "q\(number % 7)")
            try await engine.create(job, by: CommandContext(actor: "test"))
        } _: { page, jobs in
            let queues = try #require(page["queues"] as? [[String: Any]])
            let counts = queues.compactMap { $0["counts"] as? [String: Int] }.flatMap(\.values)
            #expect(counts.reduce(0, +) == jobs)
        }
    }
}
