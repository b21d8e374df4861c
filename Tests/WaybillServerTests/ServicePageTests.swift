import Foundation
import Testing

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// What the walk-throughs of compute jobs and rebalancing don't reach.
struct ServicePageTests {
    @Test func `the last page says that it is the last, also when it is full`() async throws {
        try await TestServer.run { server in
            for number in 1...4 { try await server.post("/jobs", #"{"name": "\#(number)"}"#) }
            let first = try await server.get("/jobs?limit=2").object()
            #expect(first["next"] as? Int == 3)
            let last = try await server.get("/jobs?limit=2&cursor=3").object()
            #expect((last["jobs"] as? [Any])?.count == 2)
            #expect(last["next"] is NSNull)
        }
    }

    @Test func `a keyed completion has one answer, with the worker's name too`() async throws {
        try await TestServer.run { server in
            try await server.post(
                "/suggestions",
                #"{"from_station": 1, "to_station": 2, "bikes": 1, "confidence": 1}"#
            )
            try await server.post("/suggestions/1/approve")
            try await server.post("/dispatch/next", #"{"worker_id": "van"}"#)
            let key = ["Idempotency-Key": "done"]
            let first = try await server.post("/task/1/complete", #"{"worker_id": "van"}"#, key)
            let second = try await server.post("/task/1/complete", #"{"worker_id": "van"}"#, key)
            #expect(first.status == 200 && second.status == 200)
            #expect(first.text == second.text)
        }
    }

    @Test func `an answer that is large comes whole`() async throws {
        try await TestServer.run { server in
            let text = String(repeating: "x", count: 200_000)
            try await server.post("/jobs", #"{"name": "large", "payload": "\#(text)"}"#)
            let shown = try await server.get("/jobs/1").object()
            #expect(shown["payload"] as? String == text)
        }
    }
}
