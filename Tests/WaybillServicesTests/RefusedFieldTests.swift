import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// A refusal names the field as the service's own request has it.
struct RefusedFieldTests {
    private static let large = String(repeating: "x", count: 262_145)
    private static let proposal = #"{"from_station": 1, "to_station": 2, "bikes": 3, "confidence": 0.5}"#

    private func refuse(
        _ server: TestServer,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String,
        _ field: String,
        is status: Int = 422,
        source: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await server.ask(method, path, body, is: status, source: source)
        #expect(try answer.fields() == [field], "\(answer.text)", sourceLocation: source)
        let detail = try answer.object()["detail"] as? String
        #expect(detail?.hasPrefix("\(field) ") == true, sourceLocation: source)
    }

    @Test func `a suggestion that is named twice is refused by ids`() async throws {
        try await TestServer.services { server in
            try await server.ask(.POST, "/suggestions", Self.proposal, is: 201)
            try await refuse(server, .POST, "/suggestions/approve", #"{"ids": [1, 1]}"#, "ids", is: 400)
        }
    }

    @Test func `a worker's name that is too long is refused by worker_id`() async throws {
        try await TestServer.services { server in
            let body = #"{"worker_id": "\#(String(repeating: "é", count: 129))"}"#
            try await refuse(server, .POST, "/dispatch/next", body, "worker_id", is: 400)
        }
    }

    @Test func `what is too large is refused by the service's name for it`() async throws {
        try await TestServer.services { server in
            let large = Self.large
            try await refuse(server, .POST, "/jobs", #"{"name": "\#(large)"}"#, "name")
            let payload = #"{"name": "n", "payload": "\#(large)"}"#
            try await refuse(server, .POST, "/jobs", payload, "payload", is: 413)
            try await server.ask(.POST, "/jobs", #"{"name": "n"}"#, is: 201)
            try await server.ask(.PATCH, "/jobs/1/status", #"{"status": "running"}"#)
            let failed = #"{"status": "failed", "error": "\#(large)"}"#
            try await refuse(server, .PATCH, "/jobs/1/status", failed, "error")
            try await refuse(server, .POST, "/simulations/", #"{"name": "\#(large)"}"#, "name")
            try await server.ask(.POST, "/simulations/", #"{"name": "n"}"#, is: 201)
            try await refuse(server, .PUT, "/simulations/2", #"{"name": "\#(large)"}"#, "name")
            for field in ["cpu", "gpu"] {
                let other = field == "cpu" ? "gpu" : "cpu"
                let machine = #"{"name": "m", "memory": 1, "\#(field)": "\#(large)", "\#(other)": ""}"#
                try await refuse(server, .POST, "/machines/", machine, field)
            }
        }
    }

    @Test func `a proposal that is too large as a whole is refused without a field`() async throws {
        try await TestServer.services { server in
            let body = Self.proposal.dropLast() + #", "note": "\#(Self.large)"}"#
            let answer = try await server.ask(.POST, "/suggestions", String(body), is: 413)
            #expect(try answer.fields() == [])
            let detail = "the body has \(body.utf8.count) bytes, over the limit of 262144"
            #expect(try answer.object()["detail"] as? String == detail)
        }
    }
}
