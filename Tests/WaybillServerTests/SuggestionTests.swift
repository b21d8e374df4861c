import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

struct SuggestionTests {
    @Test func `suggestions are made, listed and decided`() async throws {
        try await TestServer.run { server in
            let body = #"""
                {"kind": "move", "payload": {"bikes": 4}, "source": "model", "confidence": 0.75, "tags": ["t"]}
                """#
            let key = ["Idempotency-Key": "k"]
            let made = try await server.ask(.POST, "/v1/suggestions", body, key, is: 201)
            let again = try await server.ask(.POST, "/v1/suggestions", body, key, is: 201)
            #expect(made.body == again.body)
            #expect(try made.object()["state"] as? String == "proposed")
            for _ in 2...6 { try await server.ask(.POST, "/v1/suggestions", body, is: 201) }
            let page = try await server.ask(.GET, "/v1/suggestions?limit=4").object()
            let next = try #require(page["next"] as? Int)
            #expect(next == 4 && page["open"] as? Int == 6)
            let rest = try await server.ask(.GET, "/v1/suggestions?cursor=\(next)").object()
            #expect((rest["suggestions"] as? [[String: Any]])?.map { $0["id"] as? Int } == [5, 6])
            try await server.ask(.POST, "/v1/suggestions/1/approve", #"{"reason": "good"}"#, is: 204)
            try await server.ask(.POST, "/v1/suggestions/1/approve", is: 409)
            try await server.ask(.POST, "/v1/suggestions/2/reject", is: 204)
            try await server.ask(.POST, "/v1/suggestions/approve", #"{"ids": [3, 4]}"#)
            try await server.ask(.POST, "/v1/suggestions/reject", #"{"ids": [5, 4]}"#, is: 409)
            #expect(try await server.state(of: 5) == "proposed")
            try await server.ask(.POST, "/v1/suggestions/reject", #"{"ids": [5]}"#)
            try await server.ask(.POST, "/v1/suggestions/9/approve", is: 404)
            let states = try await server.ask(.GET, "/v1/jobs").object()["counts"] as? [String: Int]
            #expect(states?["ready"] == 3 && states?["cancelled"] == 2 && states?["proposed"] == 1)
        }
    }

    @Test func `a confidence that is none`() async throws {
        try await TestServer.run { server in
            let body = #"{"kind": "k", "confidence": 2}"#
            let answer = try await server.ask(.POST, "/v1/suggestions", body, is: 422)
            #expect(try answer.fields() == ["confidence"])
        }
    }
}
