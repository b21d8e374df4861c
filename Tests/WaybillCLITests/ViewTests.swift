import Foundation
import TestSupport
import Testing

/// The commands that show what a log came to, as text and as JSON.
struct ViewTests {
    private func list(_ outcome: Tool.Outcome, _ name: String) throws -> [[String: Any]] {
        try #require(try outcome.object()[name] as? [[String: Any]])
    }

    @Test func `jobs are listed with their states`() throws {
        let log = try PlayedLog("commands.ndjson")
        let jobs = try list(try log.tool("jobs", "--json"), "jobs")
        #expect(jobs.map { $0["id"] as? Int } == [1, 2, 3, 4, 5, 6])
        let states = ["succeeded", "dead", "cancelled", "succeeded", "succeeded", "cancelled"]
        #expect(jobs.map { $0["state"] as? String } == states)
        #expect(jobs[0]["kind"] as? String == "render")
        #expect(jobs[0]["queue"] as? String == "frames")
        #expect(jobs[0]["priority"] as? Int == 2)
        #expect(jobs[1]["attempts"] as? Int == 1)
        #expect(jobs[2]["cancellation"] as? String == "cancelled")
        #expect(jobs[5]["cancellation"] as? String == "rejected")
        #expect(jobs[0]["cancellation"] == nil)
        #expect(jobs[0]["createdAt"] as? String == "1970-01-01T00:00:01Z")
        let lines = try log.tool("jobs").lines
        try #require(lines.count == 7)
        #expect(lines[0].hasPrefix("ID  STATE"))
        #expect(lines[6].contains("cancelled (rejected)"))
    }

    @Test func `jobs are filtered by state, queue and kind`() throws {
        let log = try PlayedLog("commands.ndjson")
        func ids(_ arguments: String...) throws -> [Int] {
            let outcome = try Tool.run(["jobs", "--json", "--data", log.path] + arguments)
            return try list(outcome, "jobs").compactMap { $0["id"] as? Int }
        }
        #expect(try ids("--state", "dead") == [2])
        #expect(try ids("--queue", "frames") == [1])
        #expect(try ids("--kind", "thumbnail") == [2, 3, 4])
        #expect(try ids("--kind", "thumbnail", "--state", "succeeded") == [4])
        #expect(try ids("--queue", "nowhere") == [])
        #expect(try ids("--state", "running") == [])
        #expect(try ids("--state", "dead", "--state", "succeeded", "--newest").suffix(2) == [2, 1])
        #expect(try ids("--newest", "--after", "3") == [2, 1])
        #expect(try ids("--tag", "none") == [])
        #expect(try ids("--machine", "nowhere") == [])
        #expect(try ids("--worker", "nobody") == [])
    }

    @Test func `pages follow one another until all jobs were shown`() throws {
        let log = try PlayedLog("sample.swf")
        var seen: [Int] = []
        var after: Int?
        repeat {
            let cursor = after.map { ["--after", String($0)] } ?? []
            let outcome = try Tool.run(["jobs", "--json", "--limit", "64", "--data", log.path] + cursor)
            seen += try list(outcome, "jobs").compactMap { $0["id"] as? Int }
            after = try outcome.object()["next"] as? Int
        } while after != nil
        #expect(seen == Array(1...200))
        #expect(try log.tool("jobs", "--limit", "3").errors == "more: --after 3\n")
    }

    @Test func `a job is shown with its whole history`() throws {
        let log = try PlayedLog("commands.ndjson")
        let lines = try log.tool("job", "2", "--json").objects()
        #expect(lines[0]["id"] as? Int == 2)
        #expect(lines[0]["state"] as? String == "dead")
        let types = ["job.created", "job.dispatched", "attempt.failed", "job.died"]
        #expect(lines.dropFirst().map { $0["type"] as? String } == types)
        let events = try Tool.run("log", "cat", "--job", "2", "--data", log.path).lines
        let text = try log.tool("job", "2").lines
        #expect(text[0].hasPrefix("job 2: dead, thumbnail in default, 1 attempts, version "))
        #expect(Array(text.dropFirst()) == events)
    }

    @Test(arguments: [["job", "7"], ["curve", "7"], ["curve", "1", "--series", "loss"]])
    func `what isn't there is said so`(command: [String]) throws {
        let log = try PlayedLog("commands.ndjson")
        let outcome = try Tool.run(command + ["--data", log.path])
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        let expected = command.count > 2 ? "job 1 has no series loss; it has: noise" : "there is no job 7"
        #expect(outcome.errors == "waybill: \(expected)\n")
    }

    @Test func `suggestions that wait are listed`() throws {
        let log = try PlayedLog("status.csv")
        let waiting = try list(try log.tool("suggestions", "--json"), "suggestions")
        try #require(waiting.count == 1)
        #expect(waiting[0]["kind"] as? String == "rebalance")
        #expect(waiting[0]["source"] as? String == "rebalancing")
        #expect(waiting[0]["uniqueKey"] != nil)
        let confidence = try #require(waiting[0]["confidence"] as? Double)
        #expect(confidence > 0)
        #expect(confidence < 1)
        let lines = try log.tool("suggestions").lines
        try #require(lines.count == 2)
        #expect(lines[0].contains("CONFIDENCE"))
        #expect(
            try list(try PlayedLog("commands.ndjson").tool("suggestions", "--json"), "suggestions").isEmpty
        )
    }

    @Test func `machines are listed with their condition`() throws {
        let log = try PlayedLog("commands.ndjson")
        let machine = try #require(try list(try log.tool("machines", "--json"), "machines").first)
        #expect(machine["name"] as? String == "bench-1")
        #expect(machine["status"] as? String == "maintenance")
        #expect(machine["cpuMillis"] as? Int == 8000)
        #expect(machine["leases"] as? Int == 0)
        #expect(machine["busy"] as? Bool == false)
        #expect(machine["leasedCPUMillis"] as? Int == 0)
        #expect(try log.tool("machines").lines[1].hasPrefix("bench-1  maintenance"))
    }

    @Test func `the series of a curve are listed`() throws {
        let log = try PlayedLog("curve.csv")
        let series = try list(try log.tool("curve", "1", "--json"), "series")
        #expect(series.map { $0["name"] as? String } == ["loss", "lr", "val_loss"])
        #expect(series.map { $0["count"] as? Int } == [301, 301, 7])
        let last = series.map { $0["last"] as? [String: Any] }
        #expect(last.map { $0?["step"] as? Int } == [300, 300, 300])
        #expect(last.map { $0?["id"] as? Int } == [301, 301, 7])
        #expect(last[0]?["value"] as? Double == 1.1501)
        let lines = try log.tool("curve", "1").lines
        try #require(lines.count == 4)
        #expect(lines[1].split(separator: " ").prefix(3) == ["loss", "301", "1"])
    }

    @Test func `every point of a series is printed as it was added`() throws {
        let log = try PlayedLog("curve.csv")
        let points = try list(try log.tool("curve", "1", "--series", "loss", "--json"), "points")
        let rows = try Checkout.text("Fixtures/workloads/curve.csv").split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .filter { $0[2] == "train" }
        #expect(points.map { $0["step"] as? Int } == rows.map { Int($0[0]) })
        for (point, row) in zip(points, rows) {
            let value = try #require(Double(row[3]))
            if value.isNaN {
                #expect(point["value"] as? String == "NaN")
            } else {
                #expect(point["value"] as? Double == value)
            }
        }
        let lines = try log.tool("curve", "1", "--series", "loss").lines
        #expect(lines.count == 301)
        #expect(lines.count { $0.hasSuffix("\tnan") } == 1)
    }

    @Test func `values that JSON lacks have one spelling everywhere`() throws {
        let log = try PlayedLog("commands.ndjson")
        let event = try #require(try log.tool("log", "cat", "--type", "points.added").objects().first)
        let points = try #require(event["points"] as? [[String: Any]])
        try #require(points.count == 2)
        #expect(points[1]["value"] as? String == "NaN")
        let shown = try list(try log.tool("curve", "1", "--series", "noise", "--json"), "points")
        #expect(shown[1]["value"] as? String == "NaN")
        #expect(points.map { $0["time"] as? String } == shown.map { $0["time"] as? String })
    }

    /// UAX #9: what turns the text behind it round is shown escaped, as controls are, also before an accent.
    @Test func `no name commands the terminal or turns its text round, and all JSON stays JSON`() throws {
        let folder = try TemporaryDirectory()
        let turning: [Unicode.Scalar] = [
            "\u{202e}", "\u{2069}", "\u{61c}", "\u{200e}", "\u{200f}", "\u{202a}", "\u{2066}", "\u{2028}",
        ]
        let name = turning.map { "\($0)\u{301}" }.joined() + "a\u{7f}b\u{9b}c\u{e9}d"
        let line = #"{"atMs": 0, "command": "create", "kind": "\#(name)"}"#
        let script = try folder.write(line, to: "script.ndjson")
        let log = folder.path("log")
        #expect(try Tool.run("run", "--data", log, script).status == 0)
        let cat = try Tool.run("log", "cat", "--type", "job.created", "--data", log)
        #expect(try cat.objects().first?["kind"] as? String == name)
        let jobs = try Tool.run("jobs", "--json", "--data", log)
        #expect(try list(jobs, "jobs").first?["kind"] as? String == name)
        let table = try Tool.run("jobs", "--data", log)
        for shown in [#"\u{202e}"#, #"\u{2069}"#] {
            #expect(table.text.utf8.firstRange(of: shown.utf8) != nil)
        }
        for outcome in [cat, jobs, table] {
            let scalars = outcome.text.unicodeScalars
            #expect(!scalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
            #expect(turning.filter(scalars.contains).isEmpty)
        }
    }

    /// A name is as wide as it is shown: its row stands under the heads.
    @Test func `rows with escaped names stand in their columns`() throws {
        let folder = try TemporaryDirectory()
        let names = ["short", "turned \u{202e}\u{301} round", "with\ttab"]
        let lines = names.map { #"{"atMs": 0, "command": "create", "kind": "k", "queue": "\#($0)"}"# }
        let script = try folder.write(
            lines.joined(separator: "\n").replacing("\t", with: #"\t"#),
            to: "script.ndjson"
        )
        let log = folder.path("log")
        #expect(try Tool.run("run", "--data", log, script).status == 0)
        let table = try Tool.run("queues", "--data", log)
        for shown in [#"turned \u{202e}"#, #"with\u{9}tab"#] {
            #expect(table.text.utf8.firstRange(of: shown.utf8) != nil)
        }
        // All have the same status, and what ends the line.
        #expect(Set(table.lines.dropFirst().map(\.count)).count == 1, "\(table.text)")
    }

    /// A script hands on names that it didn't choose: what is said of wrong arguments repeats them.
    @Test(arguments: [
        ["submit", "k", "--data", "d", "--attribute", ""], ["jobs", "--data", "d", "--limit", ""], [""],
        ["jobs", "--data", "d", "--"],
    ])
    func `a wrong argument is repeated escaped`(arguments: [String]) throws {
        let wrong = (arguments.last ?? "") + "x\u{1b}[31m\u{202e}\u{301}y\u{9b}"
        let outcome = try Tool.run(arguments.dropLast() + [wrong])
        #expect(outcome.status == 64)
        let told = outcome.errors.unicodeScalars
        #expect(
            !told.contains { $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202e}") }
        )
        #expect(outcome.errors.utf8.firstRange(of: #"\u{1b}[31m\u{202e}"#.utf8) != nil, "\(outcome.errors)")
    }
}
