import Foundation
import NIOHTTP1
import ServerTestSupport
import TestSupport
import Testing
import Waybill

struct JobCreationTests {
    @Test func `a job with everything that it can have, and how it is shown`() async throws {
        try await TestServer.virtual { server in
            try await server.job(#"{"kind": "first"}"#)
            let body = #"""
                {"kind": "render", "queue": "films", "payload": {"frame": 7, "path": "a/b"}, "priority": -3,
                 "expiresAt": "2030-01-01T00:00:00Z", "tags": ["a", "ö"], "attributes": {"k": "v"},
                 "uniqueKey": "u", "uniqueWindowMs": 1500, "onClash": "refuse", "concurrencyKey": "c",
                 "fairnessKey": "f", "fairnessWeight": 2, "requirements": {"cpuMillis": 500, "labels": ["x"]},
                 "retry": {"maxAttempts": 2, "factor": 3}, "timeouts": {"leaseMs": 30000, "runMs": 60500},
                 "after": [1], "onParentFailure": "wait", "reason": "because", "contentType": null}
                """#
            let created = try await server.ask(.POST, "/v1/jobs", body, is: 201)
            #expect(created.headers.first(name: "Location") == "/v1/jobs/2")
            let told = try created.object()
            #expect(told["state"] as? String == "blocked")
            #expect(told["queue"] as? String == "films")
            let shown = try await server.ask(.GET, "/v1/jobs/2").object()
            #expect((shown["payload"] as? [String: Any])?["frame"] as? Int == 7)
            #expect(shown["after"] as? [Int] == [1])
            #expect(shown["waitsFor"] as? Int == 1)
            #expect((shown["retry"] as? [String: Any])?["maxAttempts"] as? Int == 2)
            let history = try await server.ask(.GET, "/v1/jobs/2/history")
            #expect(history.text.contains("because"))
        }
    }

    @Test func `payloads as JSON, as text and as bytes`() async throws {
        try await TestServer.run { server in
            try await server.job(#"{"kind": "k", "payload": [1, 2.50, "x"]}"#)
            let list = try await server.ask(.GET, "/v1/jobs/1")
            #expect(list.text.contains(#""payload":[1, 2.50, "x"]"#))
            try await server.job(#"{"kind": "k", "payload": "hello", "contentType": "text/plain"}"#)
            let text = try await server.ask(.GET, "/v1/jobs/2").object()
            #expect(text["payloadBase64"] as? String == "aGVsbG8=")
            #expect(text["contentType"] as? String == "text/plain")
            // It says that it is JSON, and isn't.
            try await server.job(#"{"kind":"k","payloadBase64":"/wA=","contentType":"application/json"}"#)
            let bytes = try await server.ask(.GET, "/v1/jobs/3").object()
            #expect(bytes["payloadBase64"] as? String == "/wA=")
        }
    }

    @Test(arguments: [
        (#"{}"#, "kind"), (#"{"kind": ""}"#, "kind"), (#"{"kind": "k", "knd": 1}"#, "knd"),
        (#"{"kind": "k", "priority": 1.5}"#, "priority"), (#"{"kind": "k", "retry": {"x": 1}}"#, "retry.x"),
        (#"{"kind": "k", "after": [0]}"#, "after"), (#"{"kind": "k", "runAt": "soon"}"#, "runAt"),
        (#"{"kind": "k", "tasks": []}"#, "tasks"), (#"{"kind": "k", "tasks": [{}]}"#, "tasks[0].kind"),
        (#"{"kind": "k", "expiresAt": "1999-01-01T00:00:00Z"}"#, "expiresAt"),
    ])
    func `what can't be taken is named`(body: String, field: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.ask(.POST, "/v1/jobs", body, is: 422)
            #expect(try answer.fields() == [field], "\(answer.text)")
        }
    }

    @Test func `requests that are no JSON objects, of another type, or with parameters`() async throws {
        try await TestServer.run { server in
            try await server.ask(.POST, "/v1/jobs", "{", is: 400)
            try await server.ask(.POST, "/v1/jobs", nil, is: 400)
            try await server.ask(.POST, "/v1/jobs", "[]", is: 422)
            try await server.ask(.POST, "/v1/jobs", "{}", ["Content-Type": "text/plain"], is: 415)
            try await server.ask(.POST, "/v1/jobs?x=1", #"{"kind": "k"}"#, is: 422)
            let large = String(repeating: "x", count: 300 << 10)
            try await server.ask(.POST, "/v1/jobs", #"{"kind": "k", "payload": "\#(large)"}"#, is: 413)
        }
    }

    @Test func `the same request with the same key is answered alike, also after a restart`() async throws {
        let directory = try TemporaryDirectory()
        let body = #"{"kind": "k", "payload": {"n": 1}}"#
        var first: TestAnswer?
        for round in 1...2 {
            let engine = try await Engine.open(at: directory.path)
            try await TestServer.run(engine: engine) { server in
                let answer = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "a"], is: 201)
                if round == 1 { try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204) }
                let again = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "a"], is: 201)
                #expect(answer.body == again.body)
                #expect((first?.body ?? answer.body) == answer.body)
                first = answer
                let other = try await server.ask(
                    .POST,
                    "/v1/jobs",
                    #"{"kind": "k"}"#,
                    ["Idempotency-Key": "a"],
                    is: 422
                )
                #expect(try other.code() == "keyReused")
            }
            try await engine.close()
        }
    }

    @Test func `a clash of unique keys is refused, or answered with the job that is there`() async throws {
        try await TestServer.run { server in
            let body = #"{"kind": "k", "queue": "q", "uniqueKey": "u", "onClash": "existing"}"#
            let new = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "x"], is: 201)
            let repeated = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "x"], is: 201)
            #expect(new.body == repeated.body)
            let there = try await server.ask(.POST, "/v1/jobs", body, is: 200)
            #expect(there.body == new.body)
            let keyed = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "y"], is: 200)
            #expect(keyed.body == new.body)
            let refused = try await server.ask(
                .POST,
                "/v1/jobs",
                #"{"kind": "k", "uniqueKey": "u"}"#,
                is: 409
            )
            #expect(try refused.code() == "duplicate")
        }
    }

    /// A window that is longer than the job is shown: the second request got 201, and its own kind and queue.
    @Test func `a job that was cancelled and pruned in its window is answered as what it was`() async throws {
        try await TestServer.run { server in
            let first = #"{"kind": "first", "queue": "q", "uniqueKey": "u", "uniqueWindowMs": 3600000}"#
            let made = try await server.ask(.POST, "/v1/jobs", first, is: 201)
            try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204)
            try await server.ask(.DELETE, "/v1/jobs/1", is: 204)
            let second = #"{"kind": "second", "uniqueKey": "u", "onClash": "existing"}"#
            for path in ["/v1/jobs", "/v1/suggestions"] {
                for headers in [[:], ["Idempotency-Key": path], ["Idempotency-Key": path]] {
                    let found = try await server.ask(.POST, path, second, headers, is: 200)
                    #expect(found.body == made.body)
                }
            }
            let list = #"{"jobs": [{"kind": "new"}, \#(second), {"kind": "other"}]}"#
            let batch = try await server.ask(.POST, "/v1/jobs/batch", list, is: 201).object()
            let jobs = try #require(batch["jobs"] as? [[String: Any]])
            #expect(jobs.map { $0["id"] as? Int } == [2, 1, 3])
            #expect(jobs.map { $0["kind"] as? String } == ["new", "first", "other"])
            #expect(jobs.map { $0["existing"] as? Bool } == [nil, true, nil])
        }
    }

    @Test func `one key is one answer, though the job that was found has ended since`() async throws {
        try await TestServer.run { server in
            let body = #"{"kind": "k", "uniqueKey": "u", "onClash": "existing"}"#
            let key = ["Idempotency-Key": "x"]
            let made = try await server.ask(.POST, "/v1/jobs", body, is: 201)
            let found = try await server.ask(.POST, "/v1/jobs", body, key, is: 200)
            try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204)
            let repeated = try await server.ask(.POST, "/v1/jobs", body, key, is: 200)
            #expect(found.body == made.body)
            #expect(repeated.body == made.body)
            let list = #"{"jobs": [\#(body), {"kind": "a"}, \#(body)]}"#
            let batch = try await server.ask(.POST, "/v1/jobs/batch", list, ["Idempotency-Key": "y"], is: 201)
            try await server.ask(.POST, "/v1/jobs/2/cancel", is: 204)
            let again = try await server.ask(.POST, "/v1/jobs/batch", list, ["Idempotency-Key": "y"], is: 201)
            #expect(batch.body == again.body)
            #expect(
                try await server.ask(.GET, "/v1/jobs").object()["jobs"].map { ($0 as? [Any])?.count } == 3
            )
        }
    }

    @Test func `a key is answered with what it made, though that and all jobs near it are pruned`()
        async throws
    {
        try await TestServer.run { server in
            let key = ["Idempotency-Key": "x"]
            let made = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, key, is: 201)
            let rest = [String](repeating: #"{"kind": "n"}"#, count: 600).joined(separator: ",")
            try await server.ask(.POST, "/v1/jobs/batch", #"{"jobs": [\#(rest)]}"#, is: 201)
            let jobs = (1...600).map(String.init).joined(separator: ",")
            for verb in ["cancel", "prune"] {
                try await server.ask(.POST, "/v1/jobs/\(verb)", #"{"jobs": [\#(jobs)]}"#)
            }
            let repeated = try await server.ask(.POST, "/v1/jobs", #"{"kind": "k"}"#, key, is: 201)
            #expect(repeated.body == made.body)
        }
    }

    @Test func `a delayed request that is repeated is one request, on every path`() async throws {
        try await TestServer.run { server in
            let job = #"{"kind": "k", "delayMs": 3600000}"#
            for (path, body) in [
                ("/v1/jobs", job), ("/v1/suggestions", job), ("/v1/jobs/batch", #"{"jobs": [\#(job)]}"#),
                ("/v1/jobs", #"{"kind": "p", "tasks": [\#(job)]}"#),
            ] {
                let key = ["Idempotency-Key": "k\(body.count)\(path.count)"]
                let first = try await server.ask(.POST, path, body, key, is: 201)
                #expect(try await server.ask(.POST, path, body, key, is: 201).body == first.body)
            }
            let shown = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(shown["state"] as? String == "scheduled")
            #expect(shown["runAt"] as? String == shown["due"] as? String)
            #expect(shown["delayMs"] == nil)
            for wrong in [
                #"{"kind": "k", "delayMs": -1}"#, #"{"kind": "k", "delayMs": "1s"}"#,
                #"{"kind": "k", "delayMs": 1, "runAt": "2050-01-01T00:00:00Z"}"#,
            ] {
                let answer = try await server.ask(.POST, "/v1/jobs", wrong, is: 422)
                #expect(try answer.fields() == ["delayMs"])
            }
        }
    }

    @Test func `who has used too many keys is told when to come again, and the keys are counted`()
        async throws
    {
        let options = EngineOptions(
            clock: .virtual(start: Timestamp(seconds: 1_700_000_000)),
            idempotency: IdempotencyBounds(window: .seconds(90), count: 2)
        )
        let engine = try await Engine.inMemory(options: options)
        try await TestServer.run(engine: engine) { server in
            let body = #"{"kind": "k"}"#
            for key in ["a", "b"] {
                try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": key], is: 201)
                try await engine.advance(by: .seconds(10))
            }
            let refused = try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "c"], is: 429)
            #expect(try refused.code() == "tooManyKeys")
            #expect(refused.headers["Retry-After"].first == "70")
            try await server.ask(.POST, "/v1/jobs", body, ["Idempotency-Key": "a"], is: 201)
            try await server.ask(.POST, "/v1/jobs", body, is: 201)
            let page = try await server.get("/metrics").text
            for line in [
                "waybill_idempotency_keys 2", "waybill_idempotency_keys_limit 2",
                "waybill_idempotency_oldest_key_seconds 20",
            ] {
                #expect(page.contains(line), "\(line)")
            }
        }
        try await engine.close()
    }

    @Test func `a batch is created whole, or each wrong item is named`() async throws {
        try await TestServer.run { server in
            let both = #"{"jobs": [{"kind": "a"}, {"kind": "b", "runAt": "2050-01-01T00:00:00Z"}]}"#
            let created = try await server.ask(.POST, "/v1/jobs/batch", both, is: 201).object()
            let jobs = try #require(created["jobs"] as? [[String: Any]])
            #expect(jobs.map { $0["id"] as? Int } == [1, 2])
            #expect(jobs[1]["state"] as? String == "scheduled")
            let unread =
                #"{"jobs": [{"kind": "a"}, {}, {"kind": "b", "priority": "x"}, {"kind": "c", "y": 1}]}"#
            let answer = try await server.ask(.POST, "/v1/jobs/batch", unread, is: 422)
            #expect(try answer.fields() == ["jobs[1].kind", "jobs[2].priority", "jobs[3].y"])
            try await server.job(#"{"kind": "k", "uniqueKey": "u"}"#)
            let refused = #"""
                {"jobs": [{"kind": "k", "uniqueKey": "u"}, {"kind": "ok"}, {"kind": "k", "timeouts": {"leaseMs": 0}},
                          {"kind": "k", "uniqueKey": "v"}, {"kind": "k", "uniqueKey": "v"}, {"kind": "k", "after": [99]}]}
                """#
            let named = try await server.ask(.POST, "/v1/jobs/batch", refused, is: 422)
            #expect(
                try named.fields() == ["jobs[0]", "jobs[2].timeouts.leaseMs", "jobs[4].uniqueKey", "jobs[5]"]
            )
            let count = try await server.ask(.GET, "/v1/jobs").object()["jobs"] as? [Any]
            #expect(count?.count == 3)
        }
    }

    @Test func `a job with tasks ends when they have ended`() async throws {
        try await TestServer.run { server in
            let body =
                #"{"kind": "film", "onTaskFailure": "ignore", "tasks": [{"kind": "f"}, {"kind": "f"}]}"#
            let created = try await server.ask(.POST, "/v1/jobs", body, is: 201).object()
            let tasks = created["tasks"] as? [String: Int]
            #expect(tasks == ["total": 2, "from": 2, "through": 3])
            try await server.complete(try await server.lease())
            let shown = try await server.ask(.GET, "/v1/jobs/1")
            let progress = try shown.object()["tasks"] as? [String: Int]
            #expect(progress?["succeeded"] == 1)
            #expect(progress?["waiting"] == 1)
            // Its version stays the same while its tasks go on.
            let tag = try #require(shown.headers.first(name: "ETag"))
            try await server.ask(.GET, "/v1/jobs/1", nil, ["If-None-Match": tag])
            try await server.complete(try await server.lease())
            #expect(try await server.state(of: 1) == "succeeded")
        }
    }
}
