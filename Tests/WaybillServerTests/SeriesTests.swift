import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

struct SeriesTests {
    @Test func `points are added, clipped and reduced`() async throws {
        try await TestServer.virtual { server in
            try await server.job()
            let points = (1...100).map { #"{"step": \#($0), "value": \#(100 - $0)}"# }.joined(separator: ",")
            let path = "/v1/jobs/1/series/loss%20a"
            try await server.ask(.POST, path, #"{"points": [\#(points)], "reason": "r"}"#, is: 204)
            let odd = #"{"points": [{"step": 101, "value": "NaN", "time": "2026-01-01T00:00:00Z"}]}"#
            try await server.ask(.POST, path, odd, is: 204)
            let whole = try await server.ask(.GET, path)
            #expect(try whole.object()["reduced"] as? Bool == false && whole.object()["of"] as? Int == 101)
            let tag = try #require(whole.headers.first(name: "ETag"))
            try await server.ask(.GET, path, nil, ["If-None-Match": tag], is: 304)
            let part = try await server.ask(.GET, "\(path)?from=11&to=30&max=4").object()
            let buckets = try #require(part["buckets"] as? [[String: Any]])
            #expect(part["reduced"] as? Bool == true && part["of"] as? Int == 20 && buckets.count == 4)
            #expect((buckets[0]["max"] as? [String: Any])?["step"] as? Int == 11)
            let last = try await server.ask(.GET, "\(path)?max=1").object()["buckets"] as? [[String: Any]]
            #expect((last?[0]["nonFinite"] as? [String: Any])?["value"] as? String == "NaN")
            let names = try await server.ask(.GET, "/v1/jobs/1/series").object()["series"] as? [[String: Any]]
            #expect(names?.first?["name"] as? String == "loss a" && names?.first?["points"] as? Int == 101)
        }
    }

    @Test func `what is not there, and what can't be taken`() async throws {
        try await TestServer.run { server in
            try await server.job()
            try await server.ask(.GET, "/v1/jobs/1/series/x", is: 404)
            try await server.ask(.GET, "/v1/jobs/2/series/x", is: 404)
            try await server.ask(.GET, "/v1/jobs/2/series", is: 404)
            try await server.ask(.GET, "/v1/jobs/1/series/x?max=0", is: 422)
            let point = #"{"points": [{"step": 1, "value": 1}]}"#
            try await server.ask(.POST, "/v1/jobs/2/series/x", point, is: 404)
            for body in [
                #"{"points": []}"#, #"{"points": [{"step": 1}]}"#, #"{"points": [{"step": -1, "value": 1}]}"#,
            ] {
                try await server.ask(.POST, "/v1/jobs/1/series/x", body, is: 422)
            }
            // A repeated request must not mean another moment by the same words.
            try await server.ask(.POST, "/v1/jobs/1/series/x", point, ["Idempotency-Key": "k"], is: 422)
            let timed = #"{"points": [{"step": 1, "value": 1, "time": "2026-01-01T00:00:00Z"}]}"#
            for _ in 1...2 {
                try await server.ask(.POST, "/v1/jobs/1/series/x", timed, ["Idempotency-Key": "k"], is: 204)
            }
            let curve = try await server.ask(.GET, "/v1/jobs/1/series/x").object()
            #expect(curve["of"] as? Int == 1)
        }
    }
}
