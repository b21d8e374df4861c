import TestSupport
import Testing

/// Each value has one form: what the server answers is what the tool prints, byte for byte.
struct OneFormTests {
    /// A log with a value of every kind in it: jobs in all states, suggestions, tasks, series, results.
    private static let script = #"""
        {"atMs": 0, "command": "registerMachine", "name": "m", "cpuMillis": 4000, "labels": ["ssd"]}
        {"atMs": 0, "command": "registerWorker", "name": "w", "slots": 3, "queues": ["q"]}
        {"atMs": 0, "command": "configureQueue", "name": "q", "concurrency": 5, "rate": {"starts": 9, "intervalMs": 0.5, "burst": 9}, "retention": {"deadMs": 4294967296000}}
        {"atMs": 1, "command": "create", "ref": "runs", "kind": "render", "queue": "q", "payload": {"frame": [1.50, "é"]}, "tags": ["t"], "timeouts": {"leaseMs": 86400000, "runMs": 86400000.25}, "requirements": {"cpuMillis": 500, "machine": "m"}, "uniqueKey": "u", "uniqueWindowMs": 1500}
        {"atMs": 2, "command": "create", "ref": "dies", "kind": "render", "queue": "q", "retry": {"maxAttempts": 1}, "payload": "plain", "contentType": "text/plain"}
        {"atMs": 3, "command": "create", "ref": "done", "kind": "render", "queue": "q", "attributes": {"b": "2", "a": "1"}}
        {"atMs": 4, "command": "create", "ref": "waits", "kind": "join", "tasks": [{"kind": "task"}, {"kind": "task"}]}
        {"atMs": 5, "command": "suggest", "ref": "idea", "kind": "move", "source": "planner", "confidence": 0.75, "payloadBase64": "AP8="}
        {"atMs": 6, "command": "suggest", "ref": "no", "kind": "move"}
        {"atMs": 7, "command": "reject", "jobs": ["no"], "actor": "ines", "reason": "not now"}
        {"atMs": 1000, "command": "dispatch", "worker": "w", "queues": ["q"], "max": 3}
        {"atMs": 1001, "command": "heartbeat", "job": "runs", "fraction": 0.5, "message": "half"}
        {"atMs": 1002, "command": "addPoints", "job": "runs", "series": "loss", "points": [{"step": 1, "value": 0.1}, {"step": 2, "value": "NaN"}]}
        {"atMs": 1003, "command": "fail", "job": "dies", "type": "io", "message": "sector 5 is bad"}
        {"atMs": 1004, "command": "complete", "job": "done", "resultBase64": "AA==", "resultType": "image/png"}
        {"atMs": 1005, "command": "create", "kind": "join", "after": ["runs"], "runAtMs": 9000}
        """#

    private let folder: TemporaryDirectory
    private let server: ServedLog

    init() throws {
        folder = try TemporaryDirectory()
        let script = try folder.write(Self.script, to: "script.ndjson")
        let run = try Tool.run("run", "--strict", "--data", folder.path("log"), script)
        try #require(run.status == 0, "\(run.errors)")
        server = try ServedLog(in: folder)
    }

    private func tool(_ arguments: String...) throws -> [String] {
        let outcome = try Tool.run(arguments + ["--data", folder.path("log")])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.lines
    }

    private func get(_ path: String) throws -> [String] {
        let answers = try Python.run("Tests/Walkthroughs/get.py", server.address, path)
        try #require(answers.status == 0, "\(answers.errors)")
        return answers.lines
    }

    @Test(arguments: 1...9)
    func `a job, and its history`(job: Int) throws {
        let shown = try tool("job", String(job), "--json")
        #expect(try get("/v1/jobs/\(job)") == [shown[0]])
        let events = shown.dropFirst().reversed().joined(separator: ",")
        #expect(try get("/v1/jobs/\(job)/history") == [#"{"events":[\#(events)],"next":null}"#])
    }

    @Test func `a page of jobs`() throws {
        let shown = try #require(try tool("jobs", "--json").first)
        #expect(try get("/v1/jobs").first?.hasPrefix(shown.dropLast() + #","counts":{"#) == true)
    }

    @Test(arguments: [
        (["suggestions"], "/v1/suggestions"), (["queues"], "/v1/queues"), (["workers"], "/v1/workers"),
        (["machines"], "/v1/machines"), (["curve", "1"], "/v1/jobs/1/series"),
        (["curve", "1", "--series", "loss"], "/v1/jobs/1/series/loss"),
    ])
    func `lists and series`(command: [String], path: String) throws {
        let shown = try Tool.run(command + ["--json", "--data", folder.path("log")])
        #expect(!shown.lines.isEmpty)
        #expect(try get(path) == shown.lines)
    }

    @Test func `every event`() throws {
        let shown = try tool("log", "cat")
        #expect(shown.count > 20)
        #expect(try get("/v1/events?from=start \(shown.count)") == shown)
    }

    @Test func `dead letters and their groups`() throws {
        let group = #"""
            {"groups":[{"id":1,"kind":"render","deathCause":"failure","errorType":"io","message":"sector 5 is bad",\#
            "count":1,"firstSeen":"1970-01-01T00:00:01.003000000Z","lastSeen":"1970-01-01T00:00:01.003000000Z"}],\#
            "next":null}
            """#
        #expect(try tool("dead", "--json") == [group])
        let letter = #"""
            {"deadLetters":[{"job":2,"group":1,"deathCause":"failure","errorType":"io","message":"sector 5 is bad",\#
            "deathReason":"attempts used up","diedAt":"1970-01-01T00:00:01.003000000Z"}],"next":null}
            """#
        #expect(try tool("dead", "--group", "1", "--json") == [letter])
    }
}
