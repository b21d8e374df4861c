import Testing

/// `waybill bench`, small: the figures are the machine's, but the fields and the promise are the tool's.
struct BenchTests {
    static let fields = [
        "workers", "batch", "backlog", "durability", "cycles", "seconds", "cyclesPerSecond",
        "commandP50Micros",
        "commandP99Micros", "fdatasyncP50Micros", "fdatasyncP99Micros", "readModelLagSeconds", "exactlyOnce",
    ]

    @Test(arguments: [("commit", 1), ("commit", 7), ("none", 1)])
    func `every job comes out exactly once`(durability: String, batch: Int) throws {
        let folder = try Folder()
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
        let folder = try Folder()
        let outcome = try Tool.run("bench", "--data", folder.path, "--backlog", "20", "--workers", "2")
        #expect(outcome.status == 0 && outcome.lines.last == "exactly once: yes")
        #expect(outcome.lines[1] == "W=2  batch=1  backlog=20  durability=commit")
    }

    @Test func `a directory that isn't there is named, and not made`() throws {
        let folder = try Folder()
        let outcome = try Tool.run("bench", "--backlog", "5", "--data", folder.path("nowhere"))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors == "waybill: nothing can be written in \(folder.path("nowhere")) (error 2)\n")
        #expect(try folder.names() == [])
    }
}
