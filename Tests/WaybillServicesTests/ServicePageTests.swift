import Foundation
import ServerTestSupport
import Testing

/// What the walk-throughs of compute jobs and rebalancing don't reach.
struct ServicePageTests {
    @Test func `the last page says that it is the last, also when it is full`() async throws {
        try await TestServer.services { server in
            for number in 1...4 { try await server.post("/jobs", #"{"name": "\#(number)"}"#) }
            let first = try await server.get("/jobs?limit=2").object()
            #expect(first["next"] as? Int == 3)
            let last = try await server.get("/jobs?limit=2&cursor=3").object()
            #expect((last["jobs"] as? [Any])?.count == 2)
            #expect(last["next"] is NSNull)
        }
    }

    @Test func `a keyed completion has one answer, with the worker's name too`() async throws {
        try await TestServer.services { server in
            try await server.post(
                "/suggestions",
                #"{"from_station": 1, "to_station": 2, "bikes": 1, "confidence": 1}"#
            )
            try await server.post("/suggestions/1/approve")
            try await server.post("/dispatch/next", #"{"worker_id": "van"}"#)
            let key = ["Idempotency-Key": "done"]
            let first = try await server.post("/task/1/complete", #"{"worker_id": "van"}"#, key)
            let second = try await server.post("/task/1/complete", #"{"worker_id": "van"}"#, key)
            #expect(first.status == 200)
            #expect(second.status == 200)
            #expect(first.text == second.text)
        }
    }

    @Test func `an answer that is large comes whole`() async throws {
        try await TestServer.services { server in
            let text = String(repeating: "x", count: 200_000)
            try await server.post("/jobs", #"{"name": "large", "payload": "\#(text)"}"#)
            let shown = try await server.get("/jobs/1").object()
            #expect(shown["payload"] as? String == text)
        }
    }

    /// Longer ones are read and written a few jobs at a time.
    @Test(arguments: [1, 32, 33, 70])
    func `a list is the same in one piece and in many`(count: Int) async throws {
        try await TestServer.services { server in
            for number in 1...count {
                try await server.post("/jobs", #"{"name": "\#(number)"}"#)
                try await server.post(
                    "/suggestions",
                    #"{"from_station": \#(number), "to_station": 2, "bikes": 1, "confidence": 1}"#
                )
                try await server.post("/simulations/", #"{"name": "\#(number)"}"#)
            }
            let all = try await server.get("/jobs?limit=1000&order=oldest").object()
            let names = (all["jobs"] as? [[String: Any]])?.map { $0["name"] as? String }
            #expect(names == (1...count).map { "\($0)" })
            #expect(all["next"] is NSNull)
            let most = try await server.get("/jobs?limit=\(max(1, count - 1))&order=oldest").object()
            #expect(
                (most["jobs"] as? [[String: Any]])?.last?["id"] as? Int == most["next"] as? Int || count == 1
            )
            for (path, field) in [
                ("/suggestions?limit=1000", "from_station"), ("/simulations/?limit=1000", "name"),
            ] {
                let body = try await server.get(path).body
                let list = try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]]
                let found = list?.map { ($0[field] as? String) ?? ($0[field] as? Int).map(String.init) }
                #expect(found == (1...count).map { "\($0)" }, "\(path)")
            }
        }
    }
}
