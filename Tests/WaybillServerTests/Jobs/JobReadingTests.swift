import Foundation
import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

struct JobReadingTests {
    @Test func `pages of jobs in every order, with counts`() async throws {
        try await TestServer.virtual { server in
            for queue in ["a", "b", "a", "a", "b"] {
                try await server.job(#"{"kind": "k", "queue": "\#(queue)", "tags": ["t"]}"#)
                try await server.engine.advance(by: .seconds(1))
            }
            for (order, expected) in [
                ("oldest", [1, 2, 3, 4, 5]), ("newest", [5, 4, 3, 2, 1]), ("lastChanged", [5, 4, 3, 2, 1]),
                ("longestUnchanged", [1, 2, 3, 4, 5]),
            ] {
                var ids: [Int] = []
                var cursor = ""
                repeat {
                    let page = try await server.ask(.GET, "/v1/jobs?order=\(order)&limit=2\(cursor)").object()
                    let jobs = try #require(page["jobs"] as? [[String: Any]])
                    ids += jobs.compactMap { $0["id"] as? Int }
                    cursor = (page["next"] as? String).map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(ids == expected, "\(order)")
            }
            let some = try await server.ask(.GET, "/v1/jobs?queue=a&state=ready,running&tag=t&held=false")
                .object()
            #expect((some["jobs"] as? [Any])?.count == 3)
            #expect((some["counts"] as? [String: Int])?["ready"] == 3)
            let later = try await server.ask(.GET, "/v1/jobs?createdFrom=2023-11-14T22:13:23Z").object()
            #expect((later["jobs"] as? [Any])?.count == 2)
        }
    }

    @Test(arguments: [
        "state=lost", "limit=0", "limit=1001", "order=best", "cursor=newest-3", "cursor=x", "held=maybe",
        "createdFrom=now", "sate=ready", "state=ready&state=dead",
    ])
    func `parameters that can't be taken`(query: String) async throws {
        try await TestServer.run { server in try await server.ask(.GET, "/v1/jobs?\(query)", is: 422) }
    }

    @Test func `a job that has not changed is not sent again`() async throws {
        try await TestServer.run { server in
            let job = try await server.job()
            let shown = try await server.ask(.GET, "/v1/jobs/\(job)")
            let tag = try #require(shown.headers.first(name: "ETag"))
            let same = try await server.ask(.GET, "/v1/jobs/\(job)", nil, ["If-None-Match": tag], is: 304)
            #expect(same.body.isEmpty && same.headers.first(name: "ETag") == tag)
            try await server.ask(.POST, "/v1/jobs/\(job)/hold", is: 204)
            try await server.ask(.GET, "/v1/jobs/\(job)", nil, ["If-None-Match": "W/\(tag), \"x\""])
            try await server.ask(.GET, "/v1/jobs/99", is: 404)
            try await server.ask(.GET, "/v1/jobs/x", is: 422)
        }
    }

    @Test func `who wrote reads what was written`() async throws {
        try await TestServer.run { server in
            let created = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, is: 201)
            let sequence = try #require(created.headers.first(name: "Waybill-Sequence"))
            try await server.ask(.GET, "/v1/jobs/1?minSequence=\(sequence)")
            try await server.ask(.GET, "/v1/jobs/1?minSequence=99999", is: 409)
        }
    }

    @Test func `a history in pages, newest first`() async throws {
        try await TestServer.run { server in
            let job = try await server.job()
            for verb in ["hold", "unhold", "hold"] {
                try await server.ask(.POST, "/v1/jobs/\(job)/\(verb)", #"{"reason": "r"}"#, is: 204)
            }
            let first = try await server.ask(.GET, "/v1/jobs/1/history?limit=3").object()
            #expect((first["events"] as? [Any])?.count == 3)
            let next = try #require(first["next"] as? Int)
            let rest = try await server.ask(.GET, "/v1/jobs/1/history?limit=3&before=\(next)").object()
            let events = try #require(rest["events"] as? [[String: Any]])
            #expect(events.map { $0["type"] as? String } == ["job.created"] && rest["next"] is NSNull)
            try await server.ask(.GET, "/v1/jobs/1/history?before=1", is: 422)
            try await server.ask(.GET, "/v1/jobs/7/history", is: 404)
        }
    }

    @Test func `a result as it was made, once there is one`() async throws {
        try await TestServer.run { server in
            let job = try await server.job()
            try await server.ask(.GET, "/v1/jobs/\(job)/result", is: 409)
            let token = try await server.lease()
            try await server.complete(token, #"{"resultBase64": "PGI+", "resultType": "text/html"}"#)
            let result = try await server.ask(.GET, "/v1/jobs/\(job)/result")
            #expect(result.text == "<b>" && result.headers.first(name: "Content-Type") == "text/html")
            #expect(result.headers.first(name: "Content-Security-Policy")?.contains("sandbox") == true)
            let tag = try #require(result.headers.first(name: "ETag"))
            try await server.ask(.GET, "/v1/jobs/\(job)/result", nil, ["If-None-Match": tag], is: 304)
            try await server.job()
            try await server.complete(try await server.lease())
            try await server.ask(.GET, "/v1/jobs/2/result", is: 404)
            try await server.ask(.GET, "/v1/jobs/3/result", is: 404)
        }
    }

    @Test func `why a job is not running`() async throws {
        try await TestServer.virtual { server in
            func why(_ job: Int) async throws -> String? {
                try await server.ask(.GET, "/v1/jobs/\(job)/why").object()["reason"] as? String
            }
            try await server.job()
            #expect(try await why(1) == "no_worker")
            try await server.ask(.PUT, "/v1/workers/w", #"{"slots": 1}"#, is: 204)
            #expect(try await why(1) == "waiting_turn")
            try await server.ask(.POST, "/v1/queues/default/pause", is: 204)
            #expect(try await why(1) == "queue_paused")
            try await server.ask(.POST, "/v1/queues/default/resume", is: 204)
            try await server.job(#"{"kind": "k", "after": [1]}"#)
            #expect(try await why(2) == "waiting_parents")
            try await server.job(#"{"kind": "k", "runAt": "2050-01-01T00:00:00Z"}"#)
            #expect(try await why(3) == "begin_time")
            let token = try await server.lease()
            #expect(try await why(1) == "running")
            try await server.job()
            #expect(try await why(4) == "workers_full")
            try await server.ask(.POST, "/v1/jobs/4/hold", is: 204)
            #expect(try await why(4) == "held")
            try await server.ask(.POST, "/v1/jobs/4/unhold", is: 204)
            try await server.ask(.PUT, "/v1/queues/default", #"{"concurrency": 1}"#, is: 204)
            #expect(try await why(4) == "queue_limit")
            try await server.ask(.POST, "/v1/leases/\(token)/fail", #"{"type": "x"}"#, is: 204)
            #expect(try await why(1) == "backoff")
            try await server.ask(.POST, "/v1/suggestions", #"{"kind": "k"}"#, is: 201)
            #expect(try await why(5) == "waiting_approval")
            try await server.ask(.POST, "/v1/suggestions/5/reject", is: 204)
            #expect(try await why(5) == "ended")
            try await server.ask(.GET, "/v1/jobs/9/why", is: 404)
        }
    }
}
