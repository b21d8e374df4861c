import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing

/// A page is bounded by its bytes too: a thousand items with the largest payloads were one answer of 250 MB.
struct LargePageTests {
    private static let mostBytes = 4 << 20
    private static let large = String(repeating: "x", count: 250_000)

    /// Each page of a list from its head to its end, and that none takes more than is said.
    private func walk(
        _ path: String,
        _ list: String,
        by cursor: String = "cursor",
        _ server: TestServer
    ) async throws -> [[[String: Any]]] {
        var pages: [[[String: Any]]] = []
        var more = ""
        while pages.count < 100 {
            let answer = try await server.ask(.GET, "\(path)?limit=1000\(more)")
            #expect(answer.body.count <= Self.mostBytes + 1000)
            let page = try answer.object()
            pages.append(try #require(page[list] as? [[String: Any]]))
            switch page["next"] {
            case let next as String: more = "&\(cursor)=\(next)"
            case let next as Int: more = "&\(cursor)=\(next)"
            default: return pages
            }
        }
        return pages
    }

    @Test func `suggestions with large payloads come in pages that end sooner, each once`() async throws {
        try await TestServer.run { server in
            for _ in 1...40 {
                let body = #"{"kind":"k","payload":"\#(Self.large)"}"#
                try await server.ask(.POST, "/v1/suggestions", body, is: 201)
            }
            let pages = try await walk("/v1/suggestions", "suggestions", server)
            #expect(pages.map(\.count) == [16, 16, 8])
            #expect(pages.joined().map { $0["id"] as? Int } == Array(1...40))
        }
    }

    @Test func `a history of long errors comes in pages that end sooner, each event once`() async throws {
        try await TestServer.run { server in
            let job = #"{"kind":"k","retry":{"maxAttempts":1000,"baseMs":0}}"#
            try await server.ask(.POST, "/v1/jobs", job, is: 201)
            for _ in 1...20 {
                let answer = try await server.ask(.POST, "/v1/dispatch", #"{"worker":"w"}"#).object()
                let lease = try #require((answer["leases"] as? [[String: Any]])?.first)
                let token = try #require(lease["token"] as? String)
                let failure = #"{"type":"io","message":"\#(Self.large)"}"#
                try await server.ask(.POST, "/v1/leases/\(token)/fail", failure, is: 204)
            }
            let pages = try await walk("/v1/jobs/1/history", "events", by: "before", server)
            #expect(pages.count == 2)
            let sequences = pages.joined().compactMap { $0["sequence"] as? Int }
            #expect(sequences == sequences.sorted(by: >))
            #expect(pages.joined().count { $0["type"] as? String == "attempt.failed" } == 20)
            #expect(pages.last?.last?["type"] as? String == "job.created")
        }
    }

    @Test func `workers that say much of themselves come in pages that end sooner`() async throws {
        try await TestServer.run { server in
            let names = (0..<256).map { "\"\($0)\(String(repeating: "n", count: 250))\"" }
            let list = "[\(names.joined(separator: ","))]"
            let body = #"{"slots":1,"queues":\#(list),"kinds":\#(list),"labels":\#(list)}"#
            for worker in 10..<40 { try await server.ask(.PUT, "/v1/workers/w\(worker)", body, is: 204) }
            let pages = try await walk("/v1/workers", "workers", server)
            #expect(pages.count == 2)
            #expect(pages.joined().map { $0["name"] as? String } == (10..<40).map { "w\($0)" })
        }
    }
}
