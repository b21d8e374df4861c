import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// A refusal names the field as the request has it.
struct RefusedFieldTests {
    private static let large = String(repeating: "x", count: 262_145)
    /// 262,145 bytes once it is decoded.
    private static let largeBase64 = String(repeating: "AAAA", count: 87_381) + "AAA="

    /// Asks for what is refused, and expects the one field to be named, in the sentence too.
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
        #expect(try answer.fields() == [field], sourceLocation: source)
        let detail = try answer.object()["detail"] as? String
        #expect(detail?.hasPrefix("\(field) ") == true, "\(detail ?? "")", sourceLocation: source)
    }

    @Test func `a snooze of no time is refused by forMs, and the lease lives`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let token = try await server.lease()
            for zero in ["0", "0.0000005"] {
                let body = #"{"forMs": \#(zero)}"#
                try await refuse(server, .POST, "/v1/leases/\(token)/snooze", body, "forMs")
            }
            try await server.ask(.POST, "/v1/leases/\(token)/snooze", #"{"forMs": 0.000001}"#, is: 204)
        }
    }

    @Test func `lengths of time that must not be nothing are refused by their own names`() async throws {
        try await TestServer.virtual { server in
            try await refuse(server, .PUT, "/v1/queues/q", #"{"agingMs": 0}"#, "agingMs")
            let rate = #"{"rate": {"starts": 1, "intervalMs": 0}}"#
            try await refuse(server, .PUT, "/v1/queues/q", rate, "rate.intervalMs")
            for name in ["leaseMs", "runMs", "totalMs"] {
                let body = #"{"kind": "k", "timeouts": {"\#(name)": 0}}"#
                try await refuse(server, .POST, "/v1/jobs", body, "timeouts.\(name)")
            }
        }
    }

    @Test func `a name is bounded by its bytes, whatever its characters, and the description says so`()
        async throws
    {
        try await TestServer.virtual { server in
            let (fits, large) = (String(repeating: "é", count: 128), String(repeating: "é", count: 129))
            try await server.job(#"{"kind": "\#(fits)"}"#)
            try await refuse(server, .POST, "/v1/jobs", #"{"kind": "\#(large)"}"#, "kind")
            let document = try await server.send(.GET, "/openapi.json").object()
            let shapes = (document["components"] as? [String: Any])?["schemas"] as? [String: Any]
            let job = (shapes?["NewJob"] as? [String: Any])?["properties"] as? [String: [String: Any]]
            let kind = try #require(job?["kind"])
            #expect(kind["x-maxBytes"] as? Int == 256)
            // Never narrower than what is taken: 256 characters of one byte are.
            #expect(kind["maxLength"] as? Int == 256)
            try await server.job(#"{"kind": "\#(String(repeating: "k", count: 256))"}"#)
        }
    }

    @Test func `a path's name that is too long is refused by its name, and not looked for`() async throws {
        try await TestServer.virtual { server in
            let name = String(repeating: "n", count: 257)
            for path in ["queues", "workers", "machines", "jobs/1/series"] {
                let answer = try await server.ask(.GET, "/v1/\(path)/\(name)", is: 422)
                #expect(try answer.fields() == ["name"], "\(path)")
            }
        }
    }

    @Test func `what is too large is named as the request has it`() async throws {
        try await TestServer.virtual { server in
            let (text, bytes) = (#""\#(Self.large)""#, #""\#(Self.largeBase64)""#)
            for (terms, field) in [
                (#""payload": \#(text)"#, "payload"), (#""payloadBase64": \#(bytes)"#, "payloadBase64"),
                (#""tasks": [{"kind": "t"}, {"kind": "t", "payload": \#(text)}]"#, "tasks[1].payload"),
                (#""tasks": [{"kind": "t", "payloadBase64": \#(bytes)}]"#, "tasks[0].payloadBase64"),
            ] {
                try await refuse(server, .POST, "/v1/jobs", #"{"kind": "k", \#(terms)}"#, field, is: 413)
            }
            for (terms, field) in [
                (#""attributes": {"a": \#(text)}"#, "attributes.a"), (#""reason": \#(text)"#, "reason"),
            ] {
                try await refuse(server, .POST, "/v1/jobs", #"{"kind": "k", \#(terms)}"#, field)
            }
            let batch = #"{"jobs": [{"kind": "k"}, {"kind": "k", "payloadBase64": \#(bytes)}]}"#
            try await refuse(server, .POST, "/v1/jobs/batch", batch, "jobs[1].payloadBase64")
        }
    }

    @Test func `what a worker says that is too large is named as the request has it`() async throws {
        try await TestServer.virtual { server in
            let (text, bytes) = (#""\#(Self.large)""#, #""\#(Self.largeBase64)""#)
            try await server.job()
            let lease = "/v1/leases/\(try await server.lease())/"
            for (name, value) in [("result", text), ("resultBase64", bytes)] {
                let body = #"{"\#(name)": \#(value)}"#
                try await refuse(server, .POST, lease + "complete", body, name, is: 413)
            }
            try await refuse(server, .POST, lease + "heartbeat", #"{"message": \#(text)}"#, "message")
            let failure = #"{"type": "t", "message": \#(text)}"#
            try await refuse(server, .POST, lease + "fail", failure, "message")
            let long = #""\#(String(repeating: "t", count: 257))""#
            try await refuse(server, .POST, lease + "fail", #"{"type": \#(long)}"#, "type")
            try await refuse(server, .POST, lease + "complete", #"{"resultType": \#(long)}"#, "resultType")
        }
    }

    @Test func `a completion that is refused beside others says which of its fields is wrong`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let token = try await server.lease()
            for (name, value) in [
                ("resultType", String(repeating: "t", count: 257)), ("resultBase64", Self.largeBase64),
            ] {
                let completion = #"{"token": "\#(token)", "\#(name)": "\#(value)"}"#
                // Not held against the contract, which doesn't allow it.
                let answer = try await server.post(
                    "/v1/dispatch",
                    #"{"worker": "w", "complete": [\#(completion)]}"#
                )
                let outcome = (try answer.object()["outcomes"] as? [[String: Any]])?.first
                #expect((outcome?["detail"] as? String)?.hasPrefix("\(name) ") == true, "\(answer.text)")
            }
        }
    }

    @Test func `a job with tasks that can't be held is named where the request names it`() async throws {
        try await TestServer.virtual { server in
            try await server.job(#"{"kind": "k", "tasks": [{"kind": "t"}]}"#)
            try await refuse(server, .POST, "/v1/jobs/1/hold", "{}", "id")
            try await refuse(server, .POST, "/v1/jobs/hold", #"{"jobs": [1]}"#, "jobs")
            try await refuse(server, .POST, "/v1/jobs/hold", #"{"jobs": [2, 2]}"#, "jobs")
        }
    }

    @Test func `one series more than a job may have is refused by the path's name`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let point = Point(step: 1, time: TestServer.start, value: 1)
            for number in 0..<256 {
                try await server.engine.addPoints(
                    [point],
                    to: "s\(number)",
                    of: JobID(1),
                    by: CommandContext(actor: "test")
                )
            }
            let points = #"{"points": [{"step": 1, "value": 1}]}"#
            try await refuse(server, .POST, "/v1/jobs/1/series/more", points, "name")
        }
    }

    @Test func `a key and a version that can't be used are named by their header fields`() async throws {
        try await TestServer.virtual { server in
            let key = ["Idempotency-Key": "a b"]
            let malformed = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, key, is: 400)
            #expect(try malformed.fields() == ["Idempotency-Key"])
            try await server.job()
            let version = ["If-Match": "\"2\""]
            let refused = try await server.ask(.PUT, "/v1/queues/q", "{}", version, is: 422)
            #expect(try refused.fields() == ["If-Match"])
        }
    }
}
