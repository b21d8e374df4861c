import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing

/// Lists by name come in pages: a hundred thousand queues were one answer of 36 MB.
struct NamePageTests {
    /// Names, whose order by bytes is another one than that of their numbers, and of letters.
    private static let names = (0..<25).map { "\(["q", "Q", "é", "e\u{301}", "😀"][$0 % 5])\($0)" }

    private func walk(
        _ path: String,
        _ list: String,
        limit: Int,
        _ server: TestServer,
        between: (Int) async throws -> Void = { _ in }
    ) async throws -> [String] {
        var found: [String] = []
        var cursor = ""
        for page in 0..<100 {
            let answer = try await server.ask(.GET, "\(path)?limit=\(limit)\(cursor)").object()
            let items = try #require(answer[list] as? [[String: Any]])
            #expect(items.count <= limit)
            found += items.compactMap { $0["name"] as? String }
            guard let next = answer["next"] as? String else { return found }
            #expect(next == found.last)
            cursor = "&cursor=" + (next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            try await between(page)
        }
        return found
    }

    private func sorted(_ names: [String]) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    @Test func `ten thousand queues, each once and in the order of bytes, while others come`() async throws {
        try await TestServer.run { server in
            let names = (0..<10_000).map { "queue-\($0)" }
            let jobs = names.map { #"{"kind":"k","queue":"\#($0)"}"# }.joined(separator: ",")
            try await server.ask(.POST, "/v1/jobs/batch", #"{"jobs":[\#(jobs)]}"#, is: 201)
            let found = try await walk("/v1/queues", "queues", limit: 1000, server) { page in
                // Behind what was seen, and before.
                for queue in ["z\(page)", "a\(page)"] {
                    try await server.ask(.POST, "/v1/jobs", #"{"kind":"k","queue":"\#(queue)"}"#, is: 201)
                }
            }
            #expect(found.filter { $0.hasPrefix("queue-") } == sorted(names))
            #expect(found == sorted(found))
            #expect(Set(found).count == found.count)
        }
    }

    @Test func `workers, machines and series too`() async throws {
        try await TestServer.run { server in
            try await server.ask(.POST, "/v1/jobs", #"{"kind":"k"}"#, is: 201)
            for name in Self.names {
                let path = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                try await server.ask(.PUT, "/v1/workers/\(path)", #"{"slots":1}"#, is: 204)
                try await server.ask(.PUT, "/v1/machines/\(path)", #"{"cpuMillis":1}"#, is: 204)
                try await server.ask(
                    .POST,
                    "/v1/jobs/1/series/\(path)",
                    #"{"points":[{"step":1,"value":1}]}"#,
                    is: 204
                )
            }
            for (path, list) in [
                ("/v1/workers", "workers"), ("/v1/machines", "machines"), ("/v1/jobs/1/series", "series"),
            ] {
                let found = try await walk(path, list, limit: 7, server)
                #expect(found.map { Array($0.utf8) } == sorted(Self.names).map { Array($0.utf8) }, "\(path)")
                let whole = try await server.ask(.GET, path).object()
                #expect((whole[list] as? [Any])?.count == 25)
                #expect(whole["next"] is NSNull)
            }
        }
    }

    @Test(arguments: ["/v1/queues", "/v1/workers", "/v1/machines"])
    func `a cursor that is no name, and a limit out of bounds`(path: String) async throws {
        try await TestServer.run { server in
            let long = String(repeating: "x", count: 257)
            for (query, field) in [
                ("cursor=", "cursor"), ("cursor=a%00", "cursor"), ("cursor=\(long)", "cursor"),
                ("limit=0", "limit"),
                ("limit=1001", "limit"),
            ] {
                let answer = try await server.ask(.GET, "\(path)?\(query)", is: 422)
                #expect(try answer.fields() == [field], "\(query)")
            }
            try await server.ask(.GET, "\(path)?cursor=nobody&limit=1000")
        }
    }
}
