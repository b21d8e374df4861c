import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

struct DispatchTests {
    @Test func `completes and takes in one round trip`() async throws {
        try await TestServer.run { server in
            let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let job = #"{"kind": "k", "payload": {"n": 1}, "attributes": {"a": "b"}}"#
            try await server.ask(.POST, "/v1/jobs", job, ["traceparent": trace], is: 201)
            try await server.job()
            let first = try await server.ask(.POST, "/v1/dispatch", #"{"worker": "w"}"#).leases()[0]
            #expect(first["traceparent"] as? String == trace)
            #expect(first["attempt"] as? Int == 1)
            #expect((first["payload"] as? [String: Any])?["n"] as? Int == 1)
            let token = try #require(first["token"] as? String)
            let body = #"""
                {"worker": "w", "queues": ["default"], "kinds": ["render"], "max": 5, "reason": "r",
                 "complete": [{"token": "\#(token)", "result": [1]}, {"token": "1.999999"}]}
                """#
            let answer = try await server.ask(.POST, "/v1/dispatch", body)
            let outcomes = try #require(try answer.object()["outcomes"] as? [Any])
            #expect(try answer.leases().map { $0["job"] as? Int } == [2])
            #expect(outcomes[0] is NSNull)
            #expect((outcomes[1] as? [String: Any])?["code"] as? String == "leaseLost")
            #expect(try await server.state(of: 1) == "succeeded")
        }
    }

    @Test func `what is refused of one half leaves the other`() async throws {
        try await TestServer.run { server in
            try await server.job()
            let token = try await server.lease()
            let refused = #"{"worker": "w", "machine": "nowhere""#
            try await server.ask(.POST, "/v1/dispatch", refused + "}", is: 404)
            let both = refused + #", "complete": [{"token": "\#(token)"}]}"#
            let answer = try await server.ask(.POST, "/v1/dispatch", both).object()
            #expect((answer["refused"] as? [String: Any])?["code"] as? String == "machineNotFound")
            #expect(try await server.state(of: 1) == "succeeded")
        }
    }

    @Test func `what was completed is told although nobody else may wait for work`() async throws {
        let options = EngineOptions(clock: .virtual(start: TestServer.start), intakeCapacity: 2)
        let engine = try await Engine.inMemory(options: options)
        try await TestServer.run(engine: engine) { server in
            try await server.job()
            let token = try await server.lease()
            let patient = #"{"worker": "v", "waitMs": 20000}"#
            async let first = server.ask(.POST, "/v1/dispatch", patient)
            try await server.waits(1)
            async let second = server.ask(.POST, "/v1/dispatch", patient)
            try await server.waits(2)
            let body = #"{"worker": "w", "waitMs": 20000, "complete": [{"token": "\#(token)"}]}"#
            let answer = try await server.ask(.POST, "/v1/dispatch", body).object()
            #expect((answer["refused"] as? [String: Any])?["code"] as? String == "intakeFull")
            #expect((answer["outcomes"] as? [Any])?.first is NSNull)
            #expect(try await server.state(of: 1) == "succeeded")
            try await engine.advance(by: .seconds(20))
            #expect(try await first.leases().isEmpty)
            #expect(try await second.leases().isEmpty)
        }
        try await engine.close()
    }

    @Test(arguments: [
        (#"{}"#, "worker"), (#"{"worker": "w", "max": 0}"#, "max"), (#"{"worker": "w", "max": 1001}"#, "max"),
        (#"{"worker": "w", "waitMs": 60001}"#, "waitMs"), (#"{"worker": "w", "complete": 1}"#, "complete"),
        (#"{"worker": "w", "complete": [{"token": "x"}]}"#, "complete[0].token"),
        (#"{"worker": "w", "complete": [{"token": "1.2", "x": 1}]}"#, "complete[0].x"),
    ])
    func `requests that can't be taken`(body: String, field: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.ask(.POST, "/v1/dispatch", body, is: 422)
            #expect(try answer.fields() == [field])
        }
    }

    @Test func `the same key gives the same leases`() async throws {
        try await TestServer.run { server in
            try await server.job()
            try await server.job()
            let token = try await server.lease()
            let body = #"{"worker": "w", "complete": [{"token": "\#(token)"}]}"#
            let key = ["Idempotency-Key": "k"]
            let first = try await server.ask(.POST, "/v1/dispatch", body, key)
            let again = try await server.ask(.POST, "/v1/dispatch", body, key)
            #expect(first.body == again.body)
            try await server.ask(.POST, "/v1/dispatch", #"{"worker": "v"}"#, key, is: 422)
        }
    }

    @Test func `who waits is woken by a job, or told that there is none`() async throws {
        try await TestServer.virtual { server in
            let body = #"{"worker": "w", "waitMs": 20000}"#
            async let woken = server.ask(.POST, "/v1/dispatch", body)
            try await server.waits(1)
            try await server.job()
            let leases = try await woken.leases()
            #expect(leases.count == 1)
            async let late = server.ask(.POST, "/v1/dispatch", body)
            try await server.waits(1)
            try await server.engine.advance(by: .seconds(20))
            let nothing = try await late.leases()
            #expect(nothing.isEmpty)
        }
    }

    @Test func `who has gone gets nothing`() async throws {
        try await TestServer.virtual { server in
            let gone = Task {
                try await server.post("/v1/dispatch", #"{"worker": "w", "waitMs": 60000}"#)
            }
            try await server.waits(1)
            gone.cancel()
            try await server.waits(0)
            try await server.job()
            #expect(try await server.state(of: 1) == "ready")
            #expect(try await server.lease("other").isEmpty == false)
        }
    }

    @Test(arguments: [0, 60_000])
    func `who closes its side behind the request isn't told that the server is closing`(waitMs: Int)
        async throws
    {
        try await TestServer.virtual { server in
            let body = #"{"worker": "w", "waitMs": \#(waitMs)}"#
            let head =
                "POST /v1/dispatch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n"
            let answer = try await server.raw(Array((head + body).utf8))
            #expect(["499 ", "200 "].contains { answer.hasPrefix("HTTP/1.1 \($0)") }, "\(answer)")
        }
    }

    @Test func `a stop lets go who waits, with nothing`() async throws {
        try await TestServer.virtual { server in
            async let waiting = server.ask(.POST, "/v1/dispatch", #"{"worker": "w", "waitMs": 60000}"#)
            try await server.waits(1)
            await server.stop()
            let leases = try await waiting.leases()
            #expect(leases.isEmpty)
        }
    }
}
