import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

struct LeaseTests {
    @Test func `a completion that is repeated under its key is answered as it was`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let path = "/v1/leases/\(try await server.lease())/complete"
            let key = ["Idempotency-Key": "k"]
            for _ in 1...2 { try await server.ask(.POST, path, #"{"result": 7}"#, key, is: 204) }
            try await server.ask(.POST, path, #"{"result": 8}"#, key, is: 422)
            try await server.ask(.POST, path, #"{"result": 7}"#, is: 409)
        }
    }

    @Test func `a lease is extended, with progress`() async throws {
        try await TestServer.virtual { server in
            try await server.job(#"{"kind": "k", "timeouts": {"leaseMs": 10000}}"#)
            let token = try await server.lease()
            try await server.engine.advance(by: .seconds(5))
            let progress = #"{"fraction": 0.5, "message": "half"}"#
            let beat = try await server.ask(.POST, "/v1/leases/\(token)/heartbeat", progress).object()
            #expect(beat["deadline"] as? String == "2023-11-14T22:13:35Z")
            let shown = try await server.ask(.GET, "/v1/jobs/1").object()["progress"] as? [String: Any]
            #expect(shown?["fraction"] as? Double == 0.5)
            #expect(shown?["message"] as? String == "half")
            try await server.engine.advance(by: .seconds(11))
            try await server.ask(.POST, "/v1/leases/\(token)/heartbeat", is: 409)
        }
    }

    @Test func `a job is given back, for some time or at once`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let first = try await server.lease()
            try await server.ask(
                .POST,
                "/v1/leases/\(first)/snooze",
                #"{"forMs": 1500, "reason": "busy"}"#,
                is: 204
            )
            #expect(try await server.state(of: 1) == "scheduled")
            try await server.engine.advance(by: .seconds(2))
            let second = try await server.lease()
            try await server.ask(.POST, "/v1/leases/\(second)/release", is: 204)
            let job = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(job["state"] as? String == "ready")
            #expect(job["attempts"] as? Int == 0)
        }
    }

    @Test func `a failure says what and when again`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let token = try await server.lease()
            let failure = #"{"type": "net", "message": "lost", "retryable": true, "retryAfterMs": 9000}"#
            try await server.ask(.POST, "/v1/leases/\(token)/fail", failure, is: 204)
            let job = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(job["due"] as? String == "2023-11-14T22:13:29Z")
            #expect(job["failures"] as? Int == 1)
        }
    }

    @Test(arguments: ["heartbeat", "complete", "fail", "snooze", "release"])
    func `a lease that is lost, and a token that is none`(verb: String) async throws {
        try await TestServer.run { server in
            let body = ["fail": #"{"type": "x"}"#, "snooze": #"{"forMs": 1000}"#][verb]
            let lost = try await server.ask(.POST, "/v1/leases/1.77/\(verb)", body, is: 409)
            #expect(try lost.code() == "leaseLost")
            try await server.ask(.POST, "/v1/leases/seven/\(verb)", body, is: 422)
            try await server.ask(.POST, "/v1/leases/1.77/\(verb)", #"{"x": 1}"#, is: 422)
        }
    }

    @Test func `completing twice with one key is completing once`() async throws {
        try await TestServer.run { server in
            try await server.job()
            let token = try await server.lease()
            let key = ["Idempotency-Key": "k"]
            for _ in 1...2 {
                try await server.ask(.POST, "/v1/leases/\(token)/complete", #"{"result": 1}"#, key, is: 204)
            }
            try await server.ask(.POST, "/v1/leases/\(token)/complete", #"{"result": 2}"#, key, is: 422)
            let job = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(job["result"] as? Int == 1)
            #expect(job["worker"] as? String == "w")
        }
    }
}
