import Foundation
import TestSupport
import Testing

/// `waybill run`: what each sample comes to, and that it always comes to the same.
struct RunTests {
    /// Counts that were taken from the files themselves, not from a run.
    struct Expected: CustomTestStringConvertible, Sendable {
        let file: String
        let format: String
        var jobs: [String: Int] = [:]
        var suggestions: [String: Int] = [:]
        var points = 0
        let data: Int
        var comments = 1

        var testDescription: String { file }

        static let all = [
            Expected(
                file: "sample.swf",
                format: "swf",
                jobs: ["created": 200, "succeeded": 147, "dead": 22, "cancelled": 31],
                data: 200,
                comments: 9
            ),
            Expected(
                file: "status.csv",
                format: "stationStatus",
                jobs: ["created": 120, "succeeded": 120],
                suggestions: ["made": 125, "approved": 120, "rejected": 4],
                data: 936
            ),
            Expected(
                file: "curve.csv",
                format: "lossTable",
                jobs: ["created": 1, "succeeded": 1],
                points: 609,
                data: 308
            ),
            Expected(
                file: "station_status.json",
                format: "gbfs",
                jobs: ["created": 3, "succeeded": 3],
                suggestions: ["made": 3, "approved": 3],
                data: 12,
                comments: 0
            ),
            Expected(
                file: "sacct.txt",
                format: "sacct",
                jobs: ["created": 8, "succeeded": 2, "dead": 2, "cancelled": 2, "open": 2],
                data: 8,
                comments: 4
            ),
            Expected(
                file: "curve.jsonl",
                format: "lossLines",
                jobs: ["created": 1, "succeeded": 1],
                points: 42,
                data: 22,
                comments: 0
            ),
            Expected(
                file: "images.csv",
                format: "imageRequests",
                jobs: ["created": 120, "succeeded": 111, "dead": 7, "open": 2],
                data: 120
            ),
            Expected(
                file: "ci.csv",
                format: "ciAttempts",
                jobs: ["created": 48, "succeeded": 26, "dead": 16, "cancelled": 6],
                data: 120
            ),
            Expected(
                file: "commands.ndjson",
                format: "commands",
                jobs: ["created": 5, "succeeded": 3, "dead": 1, "cancelled": 1],
                suggestions: ["made": 2, "approved": 1, "rejected": 1],
                points: 2,
                data: 15
            ),
        ]
    }

    @Test(arguments: Expected.all)
    func `each sample comes to what its lines say`(expected: Expected) throws {
        let log = try PlayedLog(expected.file, options: ["--strict"])
        let report = log.report
        let noJobs = ["created": 0, "succeeded": 0, "dead": 0, "cancelled": 0, "open": 0]
        let noSuggestions = ["made": 0, "approved": 0, "rejected": 0, "expired": 0]
        #expect(report["jobs"] as? [String: Int] == noJobs.merging(expected.jobs) { $1 })
        #expect(report["suggestions"] as? [String: Int] == noSuggestions.merging(expected.suggestions) { $1 })
        #expect(report["points"] as? Int == expected.points)
        #expect(report["refusals"] as? [String: Int] == [:])
        #expect(report["unexpectedRefusals"] as? Int == 0)
        #expect(report["skippedLines"] as? Int == 0)
        #expect(report["digest"] as? String == report["replayDigest"] as? String)
        #expect(report["events"] as? Int == report["replayEvents"] as? Int)
        let lines = try #require((report["lines"] as? [[String: Any]])?.first)
        #expect(lines["format"] as? String == expected.format)
        #expect(lines["data"] as? Int == expected.data)
        #expect(lines["comments"] as? Int == expected.comments)
        #expect(lines["skipped"] as? Int == 0)
        #expect(lines["total"] as? Int == expected.data + expected.comments)
    }

    @Test(arguments: Expected.all.map(\.file))
    func `the same file gives the same bytes, durable or not`(file: String) throws {
        let first = try PlayedLog(file)
        let raw = try first.tool("log", "cat", "--raw").output
        #expect(raw.count == first.report["rawBytes"] as? Int)
        for options in [[], ["--durability", "none"]] {
            let again = try PlayedLog(file, options: options)
            #expect(again.report["digest"] as? String == first.report["digest"] as? String)
            #expect(try again.tool("log", "cat", "--raw").output == raw)
        }
    }

    /// Parallel Workloads Archive, version 2.2 of the format: status 5 with run time 0 is a job cancelled before it began.
    @Test func `a job cancelled in its own trace is cancelled, though it began to run here`() throws {
        let folder = try TemporaryDirectory()
        let trace = "; MaxProcs: 4\n1 0 7200 0 -1 -1 -1 2 -1 -1 5 1 1 1 1 1 -1 -1\n"
        let file = try folder.write(trace, to: "t.swf")
        let outcome = try Tool.run("run", "--strict", "--json", "--data", folder.path("log"), file)
        let jobs = try outcome.object()["jobs"] as? [String: Int]
        #expect(outcome.status == 0)
        #expect(jobs == ["created": 1, "succeeded": 0, "dead": 0, "cancelled": 1, "open": 0])
        let events = try Tool.run("log", "cat", "--data", folder.path("log")).objects()
        let end = try #require(events.first { $0["type"] as? String == "job.cancelled" })
        #expect(end["time"] as? String == "1970-01-01T02:00:00Z")
    }

    @Test(arguments: Expected.all.map(\.file))
    func `no job of a recorded workload is ended by the engine's defaults`(file: String) throws {
        let log = try PlayedLog(file, options: ["--workers", "2"])
        let types = Set(try log.tool("log", "cat").objects().compactMap { $0["type"] as? String })
        #expect(types.isDisjoint(with: ["lease.expired", "job.expired", "job.timedOut"]))
    }

    @Test func `files are played together on one clock`() throws {
        let names = ["sample.swf", "images.csv", "curve.csv", "status.csv"]
        let files = names.map(Checkout.workload)
        let report = try Tool.run(["run", "--json", "--durability", "none"] + files).object()
        let jobs = report["jobs"] as? [String: Int]
        #expect(jobs == ["created": 441, "succeeded": 379, "dead": 29, "cancelled": 31, "open": 2])
        #expect(report["points"] as? Int == 609)
        #expect(report["digest"] as? String == report["replayDigest"] as? String)
        #expect((report["lines"] as? [[String: Any]])?.count == 4)
    }

    @Test func `a file given twice is played twice, on machines of its own`() throws {
        let log = try PlayedLog("sample.swf", "sample.swf")
        #expect((log.report["jobs"] as? [String: Int])?["created"] == 400)
        let lines = try #require(log.report["lines"] as? [[String: Any]])
        #expect(lines.map { $0["file"] as? String } == ["sample", "sample-2"])
        let machines = try #require(
            try log.tool("machines", "--json").object()["machines"] as? [[String: Any]]
        )
        #expect(Set(machines.compactMap { $0["name"] as? String }) == ["sample", "sample-2"])
    }

    @Test(arguments: [1, 2, 7])
    func `no more leases run than there are workers`(workers: Int) throws {
        let log = try PlayedLog("images.csv", options: ["--workers", String(workers)])
        var running: Set<Int> = []
        var most = 0
        for event in try log.tool("log", "cat").objects() {
            guard let job = event["job"] as? Int else { continue }
            switch event["type"] as? String {
            case "job.dispatched": running.insert(job)
            case "job.succeeded", "attempt.failed", "lease.expired", "job.cancelled": running.remove(job)
            default: break
            }
            most = max(most, running.count)
        }
        #expect(most <= workers)
        #expect(workers > 2 || most == workers)
        #expect((log.report["jobs"] as? [String: Int])?["succeeded"] == 111)
    }

    @Test func `a limit plays that many data lines`() throws {
        let log = try PlayedLog("sample.swf", options: ["--limit", "50"])
        #expect((log.report["jobs"] as? [String: Int])?["created"] == 50)
        let lines = try #require((log.report["lines"] as? [[String: Any]])?.first)
        #expect(lines["data"] as? Int == 50)
        #expect(lines["total"] as? Int == 59)
    }

    @Test func `the text says what the object says`() throws {
        let outcome = try Tool.run("run", Checkout.workload("commands.ndjson"))
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let lines = outcome.lines
        #expect(lines[0] == "commands: commands, 15 lines, 1 comments, 0 skipped")
        #expect(lines.contains("jobs         5 created: 3 succeeded, 1 dead, 1 cancelled, 0 open"))
        #expect(lines.contains("suggestions  2 made: 1 approved, 1 rejected, 0 expired"))
        #expect(lines.last == "replayed     the same, by a second process")
    }

    @Test func `a temporary log is removed`() throws {
        let temporary = try TemporaryDirectory()
        let outcome = try Tool.run("run", Checkout.workload("commands.ndjson"), temporary: temporary)
        #expect(outcome.status == 0)
        #expect(try temporary.names() == [])
    }

    @Test(arguments: ["| head -n 1", "> /dev/full", ">&-"])
    func `a temporary log is removed also when nobody reads the report`(ending: String) throws {
        let temporary = try TemporaryDirectory()
        let line = "\"$TOOL\" run \"$1\" \(ending)"
        let outcome = try Tool.shell(line, Checkout.workload("commands.ndjson"), temporary: temporary)
        let isQuiet = ending.hasPrefix("|")
        #expect(outcome.status == (isQuiet ? 0 : 1))
        #expect(outcome.lines.count == (isQuiet ? 1 : 0))
        #expect(outcome.errors.contains("the output can't be written") != isQuiet)
        #expect(try temporary.names() == [])
    }
}
