import TestSupport
import Testing

/// A script whose jobs have tasks.
struct TaskScriptTests {
    @Test func `jobs with tasks end with them, and a second process agrees`() throws {
        let log = try PlayedLog("tasks.ndjson", options: ["--strict"])
        #expect(log.report["digest"] as? String == log.report["replayDigest"] as? String)
        let jobs = try #require(log.report["jobs"] as? [String: Int])
        #expect(jobs == ["created": 8, "succeeded": 4, "dead": 1, "cancelled": 3, "open": 0])
        let events = try log.tool("log", "cat").objects()
        let born = events.filter { $0["type"] as? String == "job.created" }
        #expect(born.map { $0["tasks"] as? Int } == [2, nil, nil, 2, nil, nil, 1, nil])
        #expect(born.map { $0["parent"] as? Int } == [nil, 1, 1, nil, 4, 4, nil, 7])
        #expect(born[3]["onTaskFailure"] as? String == "ignore")
        let ends = events.filter { $0["type"] as? String == "job.succeeded" && $0["token"] == nil }
        #expect(ends.map { $0["job"] as? Int } == [1, 4])
        #expect(ends.allSatisfy { $0["cause"] != nil && $0["actor"] as? String == "engine" })
        let job = try log.tool("job", "4").lines
        #expect(job[1] == "tasks 5…6: 0 waiting, 0 running, 0 succeeded, 1 dead, 1 cancelled")
        #expect(try log.tool("job", "5").lines[1] == "a task of job 4")
    }
}
