import Testing

/// A script in which jobs go through everything that can become of them.
struct LifeScriptTests {
    @Test func `a script plays the whole life of jobs, and a second process agrees`() throws {
        let log = try PlayedLog("life.ndjson", options: ["--strict"])
        #expect(log.report["digest"] as? String == log.report["replayDigest"] as? String)
        #expect(log.report["refusals"] as? [String: Int] == ["notRunning": 1])
        let jobs = try #require(log.report["jobs"] as? [String: Int])
        #expect(jobs == ["created": 6, "succeeded": 4, "dead": 0, "cancelled": 2, "open": 0])
        var counts: [String: Int] = [:]
        for event in try log.tool("log", "cat").objects() {
            counts[try #require(event["type"] as? String), default: 0] += 1
        }
        let expected = [
            "engine.opened": 1, "queue.configured": 1, "queue.statusSet": 3, "worker.registered": 1,
            "worker.drained": 1, "job.created": 6, "job.updated": 3, "job.dispatched": 9,
            "job.progressed": 1, "attempt.failed": 3, "job.retried": 2, "job.due": 3, "job.died": 2,
            "lease.expired": 1, "job.redriven": 2, "job.snoozed": 1, "job.succeeded": 4, "job.unblocked": 1,
            "job.cancelled": 2, "job.discarded": 1, "job.pruned": 5,
        ]
        #expect(counts == expected)
    }

    @Test func `a held lane, a full worker and a queue's key limit show in who gets what`() throws {
        let log = try PlayedLog("life.ndjson")
        let leases = try log.tool("log", "cat", "--type", "job.dispatched").objects()
        let given = leases.map { "\($0["job"] as? Int ?? 0) \($0["worker"] as? String ?? "")" }
        // Of one key only one at a time; the job with the lowest priority waits for nobody's key.
        #expect(given == ["1 w1", "3 w1", "1 w1", "1 w2", "2 w1", "3 w1", "1 w1", "4 w3", "6 w3"])
        #expect(leases[3]["policy"] as? String == "directed")
        #expect(leases[0]["policy"] as? String == "priority")
    }
}
