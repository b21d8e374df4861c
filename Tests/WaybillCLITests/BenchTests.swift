import TestSupport
import Testing

/// `waybill bench`, small: the figures are the machine's, but the fields and the promise are the tool's.
struct BenchTests {
    static let fields = [
        "workers", "batch", "backlog", "durability", "limits", "cycles", "seconds", "cyclesPerSecond",
        "commandP50Micros",
        "commandP99Micros", "fdatasyncP50Micros", "fdatasyncP99Micros", "readModelLagSeconds", "exactlyOnce",
    ]

    @Test(arguments: [("commit", 1), ("commit", 7), ("none", 1)])
    func `every job comes out exactly once`(durability: String, batch: Int) throws {
        let folder = try TemporaryDirectory()
        let outcome = try Tool.run(
            "bench",
            "--json",
            "--data",
            folder.path,
            "--backlog",
            "200",
            "--workers",
            "4",
            "--batch",
            String(batch),
            "--durability",
            durability
        )
        let report = try outcome.object()
        #expect(outcome.status == 0 && report["exactlyOnce"] as? Bool == true)
        #expect(Set(report.keys) == Set(Self.fields))
        #expect(report["workers"] as? Int == 4 && report["batch"] as? Int == batch)
        #expect(report["cycles"] as? Int == 200 && report["backlog"] as? Int == 200)
        #expect(report["durability"] as? String == durability)
        for field in Self.fields where field.hasSuffix("Micros") || field.hasSuffix("Second") {
            #expect((report[field] as? Double ?? 0) > 0, "\(field)")
        }
        #expect(try folder.names() == [])
    }

    @Test func `the text says so too`() throws {
        let folder = try TemporaryDirectory()
        let outcome = try Tool.run("bench", "--data", folder.path, "--backlog", "20", "--workers", "2")
        #expect(outcome.status == 0 && outcome.lines.last == "exactly once: yes")
        #expect(outcome.lines[1] == "W=2  batch=1  backlog=20  durability=commit  limits=off")
    }

    @Test func `every job comes out exactly once under limits too`() throws {
        let folder = try TemporaryDirectory()
        let size = ["--backlog", "300", "--workers", "5", "--batch", "3"]
        let outcome = try Tool.run(["bench", "--data", folder.path, "--limits", "--json"] + size)
        let report = try outcome.object()
        #expect(outcome.status == 0 && report["exactlyOnce"] as? Bool == true)
        #expect(report["limits"] as? Bool == true && report["cycles"] as? Int == 300)
    }

    @Test func `a bench that is told to end leaves nothing behind and says by what it ended`() throws {
        let folder = try TemporaryDirectory()
        let line = """
            "$TOOL" bench --backlog 100000000 --data "$1" & bench=$!
            until ls "$1"/waybill-bench-*/log/seg-* >/dev/null 2>&1; do :; done
            kill -TERM $bench
            wait $bench
            """
        let outcome = try Tool.shell(line, folder.path)
        #expect(outcome.status == 128 + 15)
        #expect(try folder.names() == [])
    }

    @Test func `a directory that isn't there is named, and not made`() throws {
        let folder = try TemporaryDirectory()
        let outcome = try Tool.run("bench", "--backlog", "5", "--data", folder.path("nowhere"))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("waybill: \(folder.path("nowhere"))/waybill-bench-"))
        #expect(outcome.errors.hasSuffix(" can't be made: No such file or directory\n"))
        #expect(try folder.names() == [])
    }
}
