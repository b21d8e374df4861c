import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

struct JobCommandTests {
    @Test func `a change of the version that is expected, and of another`() async throws {
        try await TestServer.run { server in
            let job = try await server.job()
            let tag = try #require(try await server.ask(.GET, "/v1/jobs/1").headers.first(name: "ETag"))
            let change = #"{"priority": 5, "tags": ["x"], "attributes": {"a": "b"}, "reason": "r"}"#
            try await server.ask(.PATCH, "/v1/jobs/\(job)", change, ["If-Match": tag], is: 204)
            let shown = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(shown["priority"] as? Int == 5)
            #expect(shown["tags"] as? [String] == ["x"])
            let stale = try await server.ask(.PATCH, "/v1/jobs/1", change, ["If-Match": tag], is: 412)
            #expect(try stale.code() == "versionConflict")
            try await server.ask(.POST, "/v1/jobs/1/hold", nil, ["If-Match": tag], is: 412)
            try await server.ask(.PATCH, "/v1/jobs/1", change, ["If-Match": "17"], is: 400)
            try await server.ask(.PATCH, "/v1/jobs/1", #"{"kind": "x"}"#, is: 422)
            try await server.ask(.PATCH, "/v1/jobs/8", change, is: 404)
        }
    }

    /// RFC 9110, 13.1.1: one of a list will do, by strong comparison; job 1 has version 3 here.
    @Test(arguments: [
        ("\"3\"", 204), ("\"2\", \"3\"", 204), ("\"3\" , \"4\"", 204), (",\t\"9\",,\"3\",", 204), ("*", 204),
        ("W/\"3\", \"3\"", 204), ("W/\"3\"", 412), ("\"2\"", 412), ("\"2\", \"4\"", 412), ("\"03\"", 412),
        ("\"\"", 412), ("\"a,b\", \"3\"", 204), ("\"a,3\"", 412), ("3", 400), ("\"3", 400),
        ("\"3\" \"4\"", 400),
        ("*, \"3\"", 400), ("w/\"3\"", 400), (",", 400),
    ])
    func `a command for one of several versions`(expected: String, status: Int) async throws {
        try await TestServer.run { server in
            try await server.job()
            try await server.ask(.POST, "/v1/jobs/1/hold", is: 204)
            let version = try await server.ask(.GET, "/v1/jobs/1").headers.first(name: "ETag")
            #expect(version == "\"3\"")
            try await server.ask(.POST, "/v1/jobs/1/unhold", nil, ["If-Match": expected], is: status)
            // What can't be done anyway is refused for that (13.2.1).
            if status == 412 {
                try await server.ask(.POST, "/v1/jobs/9/unhold", nil, ["If-Match": expected], is: 404)
            }
        }
    }

    @Test func `a command on something else than a job takes no version, and says under which name`()
        async throws
    {
        try await TestServer.run { server in
            try await server.ask(.PUT, "/v1/queues/q", "{}", is: 204)
            let tag = try await server.ask(.GET, "/v1/queues/q").headers.first(name: "ETag")
            let headers = ["If-Match": try #require(tag)]
            let refused = try await server.ask(.PUT, "/v1/queues/q", "{}", headers, is: 422)
            #expect(try refused.fields() == ["If-Match"])
        }
    }

    @Test func `a command takes no version that it must not have, and says which type it takes`() async throws
    {
        try await TestServer.run { server in
            try await server.job()
            try await server.ask(.POST, "/v1/jobs/1/hold", nil, ["If-None-Match": "*"], is: 400)
            try await server.ask(.GET, "/v1/jobs/1", nil, ["If-Match": "\"2\""])
            let typed = ["Content-Type": "text/plain"]
            let refused = try await server.ask(.PATCH, "/v1/jobs/1", "{}", typed, is: 415)
            // RFC 5789, 2.2.
            #expect(refused.headers.first(name: "Accept-Patch") == "application/json, application/*+json")
        }
    }

    @Test func `a job from hand to hand`() async throws {
        try await TestServer.run { server in
            try await server.job(#"{"kind": "k", "retry": {"maxAttempts": 1}, "payload": 1}"#)
            try await server.ask(.POST, "/v1/jobs/1/hold", #"{"reason": "later"}"#, is: 204)
            try await server.ask(.POST, "/v1/jobs/1/unhold", is: 204)
            let token = try await server.lease()
            try await server.ask(.POST, "/v1/leases/\(token)/fail", #"{"type": "bad"}"#, is: 204)
            let dead = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(dead["state"] as? String == "dead")
            #expect((dead["failure"] as? [String: Any])?["type"] != nil)
            try await server.ask(
                .POST,
                "/v1/jobs/1/redrive",
                #"{"payload": {"n": 2}, "reason": "mended"}"#,
                is: 204
            )
            let again = try await server.ask(.GET, "/v1/jobs/1")
            #expect(again.text.contains(#""payload":{"n": 2}"#))
            try await server.complete(try await server.lease(), #"{"result": {"ok": true}}"#)
            let rerun = try await server.ask(.POST, "/v1/jobs/1/rerun", is: 201)
            #expect(rerun.headers.first(name: "Location") == "/v1/jobs/2")
            try await server.ask(.POST, "/v1/jobs/2/cancel", #"{"reason": "enough"}"#, is: 204)
            try await server.ask(.POST, "/v1/jobs/2/cancel", is: 409)
            try await server.ask(.POST, "/v1/jobs/2/discard", is: 409)
            try await server.ask(.DELETE, "/v1/jobs/2", is: 204)
            try await server.ask(.GET, "/v1/jobs/2", is: 404)
            try await server.ask(.DELETE, "/v1/jobs/2", is: 404)
        }
    }

    @Test func `a running job is asked to stop, or cancelled by force`() async throws {
        try await TestServer.run { server in
            try await server.job()
            let token = try await server.lease()
            try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204)
            let beat = try await server.ask(.POST, "/v1/leases/\(token)/heartbeat").object()
            #expect(beat["cancelRequested"] as? Bool == true)
            try await server.ask(.POST, "/v1/jobs/1/cancel", #"{"force": true}"#, is: 204)
            let lost = try await server.ask(.POST, "/v1/leases/\(token)/heartbeat", is: 409)
            #expect(try lost.code() == "leaseLost")
        }
    }

    @Test func `a command with a key is one command`() async throws {
        try await TestServer.run { server in
            try await server.job()
            let key = ["Idempotency-Key": "k"]
            try await server.ask(.POST, "/v1/jobs/1/cancel", nil, key, is: 204)
            try await server.ask(.POST, "/v1/jobs/1/cancel", nil, key, is: 204)
            try await server.ask(.POST, "/v1/jobs/1/hold", nil, key, is: 422)
        }
    }

    @Test func `many by their numbers, all or none`() async throws {
        try await TestServer.run { server in
            for _ in 1...3 { try await server.job() }
            let two = try await server.ask(.POST, "/v1/jobs/cancel", #"{"jobs": [1, 2], "force": true}"#)
                .object()
            #expect(two["done"] as? Int == 2)
            try await server.ask(.POST, "/v1/jobs/cancel", #"{"jobs": [2, 3]}"#, is: 409)
            #expect(try await server.state(of: 3) == "ready")
            try await server.ask(.POST, "/v1/jobs/redrive", #"{"jobs": [1, 2], "payload": {"x": 1}}"#)
            #expect(try await server.state(of: 1) == "ready")
            try await server.ask(.POST, "/v1/jobs/hold", #"{"jobs": [1]}"#)
            try await server.ask(.POST, "/v1/jobs/unhold", #"{"jobs": [1]}"#)
            for body in [#"{"jobs": []}"#, #"{}"#, #"{"jobs": [1], "dryRun": true}"#, #"{"jobs": [1, 1]}"#] {
                try await server.ask(.POST, "/v1/jobs/hold", body, is: 422)
            }
        }
    }

    @Test func `many by a filter, counted first`() async throws {
        try await TestServer.run { server in
            for kind in ["a", "b", "a"] { try await server.job(#"{"kind": "\#(kind)"}"#) }
            let filter = #""filter": {"kind": "a", "state": ["ready"]}"#
            let dry = try await server.ask(.POST, "/v1/jobs/cancel", "{\(filter), \"dryRun\": true}").object()
            #expect(dry["total"] as? Int == 2)
            #expect(dry["done"] as? Int == 0)
            let done = try await server.ask(.POST, "/v1/jobs/cancel", "{\(filter)}").object()
            #expect(done["done"] as? Int == 2)
            #expect(done["refused"] as? Int == 0)
            let refused = try await server.ask(.POST, "/v1/jobs/discard", #"{"filter": {"kind": "a"}}"#)
                .object()
            #expect(refused["refused"] as? Int == 2)
            #expect((refused["refusals"] as? [Any])?.count == 2)
            try await server.ask(.POST, "/v1/jobs/prune", #"{"filter": {"state": ["cancelled"]}}"#)
            try await server.ask(.POST, "/v1/jobs/cancel", #"{"filter": {}}"#, is: 422)
            try await server.ask(
                .POST,
                "/v1/jobs/cancel",
                #"{"filter": {"kind": "a"}, "jobs": [1]}"#,
                is: 422
            )
            let key = ["Idempotency-Key": "k"]
            try await server.ask(.POST, "/v1/jobs/cancel", #"{"filter": {"kind": "b"}}"#, key, is: 422)
        }
    }
}
