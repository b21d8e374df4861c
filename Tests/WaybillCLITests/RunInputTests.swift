import Foundation
import TestSupport
import Testing

/// `waybill run` on files that are not what they should be: everything is counted, shown or refused by name.
struct RunInputTests {
    /// The sample trace with two lines that are wrong.
    private func damagedTrace(in folder: TemporaryDirectory) throws -> String {
        var lines = try Checkout.text("Fixtures/workloads/sample.swf").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        lines[19] = "this line is no job"
        lines[29] = lines[29].dropLast(4) + "x x"
        return try folder.write(lines.joined(separator: "\n"), to: "damaged.swf")
    }

    private static let script = """
        {"atMs":0,"command":"create","ref":"a","kind":"k","priority":"high"}
        {"atMs":1000,"command":"create","ref":"b","kind":"k"}
        not JSON
        {"atMs":2000,"command":"cancel","job":"a"}
        {"atMs":3000,"command":"cancel","job":"b"}
        """

    @Test func `malformed lines of a trace are counted and shown`() throws {
        let folder = try TemporaryDirectory()
        let outcome = try Tool.run("run", "--json", try damagedTrace(in: folder))
        let report = try outcome.object()
        #expect(outcome.status == 0)
        #expect(report["skippedLines"] as? Int == 2)
        #expect((report["jobs"] as? [String: Int])?["created"] == 198)
        let lines = try #require((report["lines"] as? [[String: Any]])?.first)
        #expect(lines["data"] as? Int == 198)
        #expect(lines["skipped"] as? Int == 2)
        #expect(lines["total"] as? Int == 209)
        #expect(outcome.errors.contains("damaged.swf: line 20: has 5 fields instead of 18\n"))
        #expect(outcome.errors.contains("damaged.swf: line 30: "))
    }

    @Test func `malformed lines of a script are counted and shown, with those that depend on them`() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(Self.script, to: "s.ndjson")
        let outcome = try Tool.run("run", "--json", file)
        let report = try outcome.object()
        #expect(outcome.status == 0)
        #expect(report["skippedLines"] as? Int == 3)
        #expect(report["commands"] as? Int == 2)
        #expect(report["refusals"] as? [String: Int] == [:])
        let shown = outcome.errors.split(separator: "\n").map(String.init)
        try #require(shown.count == 3)
        #expect(shown[0].hasPrefix("\(file): line 1, priority: must be a whole number"))
        #expect(shown[1] == "\(file): line 3: not a value at byte 1")
        #expect(shown[2] == "\(file): line 4, job: no earlier command creates \"a\"")
    }

    @Test(arguments: [true, false])
    func `under --strict a malformed line stops the run before anything is written`(isTrace: Bool) throws {
        let folder = try TemporaryDirectory()
        let file =
            isTrace ? try damagedTrace(in: folder) : try folder.write(Self.script, to: "s.ndjson")
        let log = folder.path("log")
        let outcome = try Tool.run("run", "--strict", "--json", "--data", log, file)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("\(file): \(isTrace ? 2 : 3) malformed lines; nothing was played"))
        #expect(!FileManager.default.fileExists(atPath: log))
    }

    @Test func `many malformed lines are shown by the first few`() throws {
        let folder = try TemporaryDirectory()
        let lines =
            try Checkout.text("Fixtures/workloads/sample.swf") + String(repeating: "1 2 3\n", count: 500)
        let outcome = try Tool.run("run", "--json", try folder.write(lines, to: "long.swf"))
        #expect(try outcome.object()["skippedLines"] as? Int == 500)
        let shown = outcome.errors.split(separator: "\n")
        #expect(shown.count == 11)
        #expect(shown.last?.hasSuffix("and 490 more malformed lines") == true)
    }

    @Test func `refused commands are counted by what the domain said`() throws {
        let folder = try TemporaryDirectory()
        let script = """
            {"atMs":0,"command":"create","ref":"a","kind":"k","uniqueKey":"u"}
            {"atMs":1000,"command":"create","ref":"b","kind":"k","uniqueKey":"u"}
            {"atMs":2000,"command":"cancel","job":"b"}
            {"atMs":3000,"command":"cancel","job":98}
            {"atMs":3000,"command":"cancel","job":99}
            {"atMs":4000,"command":"complete","job":"a"}
            """
        let outcome = try Tool.run("run", "--json", try folder.write(script, to: "s.ndjson"))
        let refusals = try outcome.object()["refusals"] as? [String: Int]
        #expect(refusals == ["duplicate": 1, "notFound": 2, "notRunning": 1, "jobNeverCreated": 1])
    }

    private static let refusedScript = """
        {"atMs":0,"command":"create","ref":"a","kind":"k","uniqueKey":"u"}
        {"atMs":1000,"command":"complete","job":"a"}
        {"atMs":2000,"command":"completeMany","jobs":[{"job":"a"}]}
        {"atMs":3000,"command":"create","ref":"b","kind":"k","uniqueKey":"u"}
        {"atMs":4000,"command":"cancel","job":"b"}
        """

    @Test func `a refusal in a script names the field of its line`() throws {
        let folder = try TemporaryDirectory()
        let script = """
            {"atMs":0,"command":"create","kind":"k","runAtMs":9000,"expiresAtMs":8000}
            {"atMs":0,"command":"configureQueue","name":"q","concurrency":0}
            {"atMs":0,"command":"create","kind":"p","tasks":[{"kind":"t","delayMs":9000,"expiresAtMs":8000}]}
            """
        let outcome = try Tool.run("run", "--json", try folder.write(script, to: "s.ndjson"))
        let shown = outcome.errors.split(separator: "\n")
        #expect(
            shown == [
                "s, line 1: create was refused: expiresAt lets the job expire before it may run",
                "s, line 2: configureQueue was refused: concurrency must be at least 1; pause the queue instead",
                "s, line 3: createWithTasks was refused: tasks[0].expiresAt lets the job expire before it may run",
            ]
        )
    }

    @Test(arguments: [true, false])
    func `a refusal that nobody expected is told, and ends a strict run with 1`(isStrict: Bool) throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(Self.refusedScript, to: "s.ndjson")
        let outcome = try Tool.run(["run", "--json"] + (isStrict ? ["--strict"] : []) + [file])
        let report = try outcome.object()
        #expect(outcome.status == (isStrict ? 1 : 0))
        #expect(report["unexpectedRefusals"] as? Int == 4)
        let shown = outcome.errors.split(separator: "\n")
        try #require(shown.count == (isStrict ? 5 : 4))
        #expect(shown[0] == "s, line 2: complete was refused: job 1 is not running: it is ready")
        #expect(shown[1] == "s, line 3: completeMany was refused: job 1 is not running: it is ready")
        #expect(shown[2] == "s, line 4: create was refused: job 1 has the same unique key")
        #expect(shown[3] == "s, line 5: the job that it names was never created")
        if isStrict { #expect(shown[4] == "waybill: 4 unexpected refusals (--strict)") }
    }

    @Test func `a line says which refusal it is written for, and is told when none comes`() throws {
        let folder = try TemporaryDirectory()
        let script = """
            {"atMs":0,"command":"create","ref":"a","kind":"k"}
            {"atMs":1000,"command":"complete","job":"a","refusal":"notRunning"}
            {"atMs":2000,"command":"cancel","job":"a","refusal":"notFound"}
            """
        let outcome = try Tool.run("run", "--strict", "--json", try folder.write(script, to: "s.ndjson"))
        #expect(outcome.status == 1)
        #expect(try outcome.object()["refusals"] as? [String: Int] == ["notRunning": 1])
        #expect(outcome.errors.hasPrefix("s, line 3: cancel was not refused (notFound)\n"))
    }

    @Test func `a file that isn't there is named, and no log is made`() throws {
        let folder = try TemporaryDirectory()
        let outcome = try Tool.run("run", "--data", folder.path("log"), folder.path("missing.swf"))
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors == "waybill: \(folder.path("missing.swf")): no such file\n")
        #expect(try folder.names() == [])
    }

    @Test(
        arguments: [
            ("", "the file is empty"), ("a poem\nin two lines\n", "the format is not recognised"),
            ("sn,cpu_milli,memory_mib,gpu,model\n", "this is a list of nodes, which cannot be played yet"),
            ("last_updated,station_id,num_bikes_available\n", "station status needs the list of stations"),
            (
                "gmt_create,predict_type\n2025-03-01 08:01:12,X\n",
                "columns are missing: predict_status, exec_time_seconds; found are gmt_create, predict_type; wanted are"
            ), ("PK\u{3}\u{4}1 0 -1 5\n", "this is a zip archive"),
            ("Step,Loss\n1,2\n", "columns are missing: step, loss; found are Step, Loss"),
        ]
    )
    func `a file that can't be played is refused by its kind`(text: String, problem: String) throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(text, to: "file")
        let outcome = try Tool.run("run", file)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("waybill: \(file): \(problem)"))
    }

    @Test(arguments: [true, false])
    func `rows of the station list that can't be used are told, counted, and stop a strict run`(
        isStrict: Bool
    )
        throws
    {
        let folder = try TemporaryDirectory()
        let list = try folder.write(
            try Checkout.text("Fixtures/workloads/stations.csv") + "1,2\n",
            to: "s.csv"
        )
        let file = Checkout.workload("status.csv")
        let options = ["--json", "--durability", "none", "--stations", list] + (isStrict ? ["--strict"] : [])
        let outcome = try Tool.run(["run"] + options + [file])
        #expect(outcome.status == (isStrict ? 1 : 0))
        #expect(outcome.errors.contains("\(list): line 14: has 2 fields instead of 6\n"))
        if isStrict { return #expect(outcome.output.isEmpty) }
        let report = try outcome.object()
        let lines = try #require((report["lines"] as? [[String: Any]])?.first)
        let side = try #require((lines["sideFiles"] as? [[String: Any]])?.first)
        #expect(report["skippedLines"] as? Int == 1)
        #expect(side["file"] as? String == list)
        #expect(side["data"] as? Int == 12)
        #expect(side["skipped"] as? Int == 1)
    }

    @Test func `a list of no station is refused`() throws {
        let folder = try TemporaryDirectory()
        let list = try folder.write("station_id,name,lat,lon,capacity\n", to: "s.csv")
        let outcome = try Tool.run("run", "--stations", list, Checkout.workload("status.csv"))
        #expect(outcome.status == 1)
        #expect(outcome.errors == "waybill: \(list): none of its 1 lines can be used\n")
    }

    @Test func `a trace without MaxProcs says what size it assumed`() throws {
        let folder = try TemporaryDirectory()
        let trace = "1 0 -1 5 3 -1 -1 4 60 -1 1 1 1 1 1 1 -1 -1\n"
        let outcome = try Tool.run("run", try folder.write(trace, to: "t.swf"))
        let expected =
            "  assumed a machine of 4 processors, as many as the largest job asks for: the header has no MaxProcs"
        #expect(outcome.lines.contains(expected))
    }

    @Test func `stations come from the list that is given`() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(try Checkout.text("Fixtures/workloads/status.csv"), to: "moved.csv")
        let list = Checkout.workload("stations.csv")
        let outcome = try Tool.run("run", "--json", "--stations", list, file)
        let made = (try outcome.object()["suggestions"] as? [String: Int])?["made"]
        #expect(outcome.status == 0)
        #expect(made == 125)
        #expect(try Tool.run("run", "--stations", folder.path("none.csv"), file).status == 1)
    }
}
