import EventLog
import Foundation
import NIOHTTP1
import ServerTestSupport
import TestSupport
import Testing
import Waybill
import WaybillServer

/// The log goes away, or its disk fails, under a live server: it stays up for reads and says what is wrong.
struct LostLogTests {
    /// A server over a log in a directory, which holds a finished job 1, a dead job 2 and a waiting job 3.
    private func serving(_ body: (TestServer, String, FaultyDisk) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let disk = FaultyDisk(try RealDisk(directory.path("log")))
        let options = EngineOptions(feedEvents: 1, logger: .silent)
        let engine = try await Engine.open(disk, options)
        try await TestServer.run(engine: engine) { server in
            try await server.job(#"{"kind": "k", "retry": {"maxAttempts": 1}}"#)
            try await server.complete(try await server.lease(), #"{"result": {"json": 1}}"#)
            try await server.job(#"{"kind": "k", "retry": {"maxAttempts": 1}}"#)
            let lease = try await server.lease()
            try await server.post("/v1/leases/\(lease)/fail", #"{"type": "E"}"#)
            try await server.job()
            try await body(server, directory.path("log"), disk)
        }
        try? await engine.close()
    }

    private func segment(_ path: String) throws -> String {
        try #require(try FileManager.default.contentsOfDirectory(atPath: path).first { $0.hasPrefix("seg-") })
    }

    private static let asking: [(HTTPMethod, String)] = [
        (.GET, "/v1/jobs/1/history"), (.GET, "/v1/jobs/1/result"), (.GET, "/v1/jobs/1"),
        (.GET, "/v1/events?from=start"), (.POST, "/v1/jobs/1/rerun"), (.POST, "/v1/jobs/2/redrive"),
    ]

    @Test
    func `a removed directory: reads that need it are 503 and name the file, commands too, health shows it`()
        async throws
    {
        try await serving { server, path, _ in
            let name = try segment(path)
            try FileManager.default.removeItem(atPath: path)
            for (method, path) in Self.asking {
                let answer = try await server.ask(method, path, is: 503)
                #expect(answer.text.contains(name), "\(path): \(answer.text)")
            }
            let refused = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, is: 503)
            #expect(try refused.code() == "logFailed")
            #expect(refused.text.contains(name))
            try await server.ask(.GET, "/v1/jobs")
            try await server.ask(.GET, "/v1/jobs/3")
            try await server.ask(.GET, "/v1/jobs/3/why")
            try await server.ask(.GET, "/v1/queues")
        }
    }

    @Test func `health and metrics show a loss that nobody has met yet`() async throws {
        try await serving { server, path, _ in
            try await server.ask(.GET, "/health")
            let name = try segment(path)
            try FileManager.default.removeItem(atPath: path + "/" + name)
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains("\nwaybill_up 0\n"))
            #expect(metrics.contains("\nwaybill_log_failed 1\n"))
            for path in ["/health", "/healthz", "/readyz"] {
                let answer = try await server.get(path)
                #expect(answer.status == 503)
                let condition = try #require(try answer.object()["condition"] as? String)
                #expect(condition.hasPrefix("read-only: "))
                #expect(condition.contains(name))
            }
            try await server.ask(.GET, "/livez")
        }
    }

    @Test func `an I/O error leaves a server that answers reads and refuses commands`() async throws {
        try await serving { server, _, disk in
            disk.failSyncs()
            try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, is: 503)
            let refused = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, is: 503)
            #expect(try refused.code() == "logFailed")
            for path in [
                "/v1/jobs/1", "/v1/jobs/1/history", "/v1/jobs/1/result", "/v1/jobs/3", "/v1/jobs/3/why",
            ] {
                try await server.ask(.GET, path)
            }
            let health = try await server.get("/health")
            #expect(health.status == 503)
            #expect(health.text.contains("input/output error"))
            var reader = SentEventReader()
            try await server.follow("/v1/events?from=start") { line in
                reader.take(line)
                return reader.events.last?.name == "end"
            }
            let reason = try #require(reader.events.last?.data["reason"] as? String)
            #expect(reason.contains("input/output error"))
        }
    }
}
