import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

extension TestServer {
    static let start = Timestamp(seconds: 1_700_000_000)

    /// A server whose engine's time stands still until it is advanced.
    static func virtual(
        limits: ServerLimits = ServerLimits(),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let engine = try await Engine.inMemory(options: EngineOptions(clock: .virtual(start: start)))
        try await run(limits: limits, engine: engine, body)
        try await engine.close()
    }

    @discardableResult
    func job(_ body: String = #"{"kind": "render"}"#) async throws -> Int {
        let answer = try await ask(.POST, "/v1/jobs", body, is: 201)
        return try #require(try answer.object()["id"] as? Int)
    }

    /// The token of the lease that a worker gets.
    func lease(_ worker: String = "w") async throws -> String {
        let answer = try await ask(.POST, "/v1/dispatch", #"{"worker": "\#(worker)"}"#)
        let leases = try answer.leases()
        return try #require(leases.first?["token"] as? String)
    }

    /// The lease's job succeeds.
    func complete(_ token: String, _ body: String? = nil) async throws {
        try await ask(.POST, "/v1/leases/\(token)/complete", body, is: 204)
    }

    func state(of job: Int) async throws -> String? {
        try await ask(.GET, "/v1/jobs/\(job)").object()["state"] as? String
    }

    /// Returns when so many requests for work wait.
    func waits(_ count: Int) async throws {
        while try await engine.waitingDispatches() != count { await Task.yield() }
    }
}

extension TestAnswer {
    func leases() throws -> [[String: Any]] {
        try #require(try object()["leases"] as? [[String: Any]], "\(text)")
    }

    /// The fields that a problem names.
    func fields() throws -> [String] {
        let errors = try object()["errors"] as? [[String: Any]] ?? []
        return errors.compactMap { $0["field"] as? String }
    }

    func code() throws -> String? { try object()["code"] as? String }
}
