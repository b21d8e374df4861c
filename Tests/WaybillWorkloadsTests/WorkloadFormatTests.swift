import Orchestration
import Testing
import WaybillWorkloads

/// Which file is which, by content first.
struct WorkloadFormatTests {
    private func detect(_ text: String, _ path: String = "file.txt") throws -> WorkloadFormat {
        try WorkloadFormat.detect(head: Array(text.utf8)[...], path: path)
    }

    @Test(arguments: [
        ("; Version: 2.2\n", WorkloadFormat.swf),
        ("1 0 -1 5 4 -1 -1 4 60 -1 1 1 1 1 1 1 -1 -1\n", .swf),
        ("last_updated,station_id,num_bikes_available\r\n", .stationStatus),
        ("s:0 tel:11.0\ns:0 trl:11.0 lr:0 norm:1\n", .llmcLog),
        ("step,total_steps,kind,loss\n", .lossTable),
        ("\"Time_Iter\",\"Outer_Iter\",\"Inner_Iter\",  \"rms[Rho]\"\n", .su2History),
        ("/*---*\\\n| OpenFOAM: The Open Source CFD Toolbox |\n", .openFOAMLog),
        ("Time = 1\n\nGAMG:  Solving for p, Initial residual = 1, Final residual = 0.1\n", .openFOAMLog),
        ("gmt_create,predict_type\n", .imageRequests),
        ("repo,workflow,default_branch\n", .ciAttempts),
        ("\"workflow\";\"repo\"\n", .ciAttempts), ("\tstep\tloss\n", .lossTable),
        ("sep=;\nstep;loss\n", .lossTable), ("JobID|State|Submit\n", .sacct),
        ("{\"step\": 0, \"val_loss\": 2}\n{\"step\": 0, \"loss\": NaN}\n", .lossLines),
        ("{\n  \"data\": {\n    \"stations\": [\n      {\"is_renting\": true", .gbfs),
        ("\n{\"atMs\": 0, \"command\": \"cancel\"}\n", .commands),
    ])
    func `content says what a file is`(text: String, format: WorkloadFormat) throws {
        #expect(try detect(text) == format)
    }

    @Test func `the name decides where the content does not`() throws {
        #expect(try detect("broken line\n", "trace.swf.gz") == .swf)
        #expect(try detect("[]\n", "script.ndjson") == .commands)
    }

    @Test(arguments: [
        "name,cpu_milli,memory_mib\n", "sn,cpu_milli,memory_mib\n", ",time,instance_events_type\n",
        "TIMESTAMP,ContextTokens,GeneratedTokens\n", "Prompt\tCategory\n",
        "station_id,name,address\n", "{\"data\": {\"stations\": []}}\n", "{\"meta\": {}, \"jobs\": []}\n",
        "JobID           JobName      State ExitCode \n------------ ---------- ---------- -------- \n",
    ])
    func `a known file without a reader says so, and what is supported`(text: String) throws {
        let error = #expect(throws: WorkloadError.self) { try detect(text) }
        guard case .unsupported = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
        #expect(error?.description.contains("supported are SWF job traces") == true)
    }

    @Test(arguments: [
        ("Step,Loss\n", "step, loss", "Step, Loss"),
        ("epoch,train_loss\n", "step, loss", "epoch, train_loss"),
        ("{\"Step\":1,\"Loss\":2}\n", "step, loss", "Step, Loss"),
        ("legacy_id,name,lat,lon,capacity\n", "station_id", "legacy_id, name, lat, lon, capacity"),
        ("last_updated;legacy_id;is_renting\n", "station_id", "last_updated, legacy_id, is_renting"),
        ("JobId|State|Submit|Elapsed\n", "JobID", "JobId, State, Submit, Elapsed"),
    ])
    func `columns of other names are told beside those that are wanted`(
        text: String,
        missing: String,
        found: String
    ) throws {
        let error = try #require(#expect(throws: WorkloadError.self) { try detect(text) })
        #expect(error.description.contains("columns are missing: \(missing)"))
        #expect(error.description.contains("found are \(found); wanted are "))
    }

    @Test func `a table that nobody knows is told with its columns`() throws {
        #expect(throws: WorkloadError.unrecognised(path: "file.txt", columns: ["name", "state"])) {
            try detect("name,state\n1,2\n")
        }
        let error = #expect(throws: WorkloadError.self) { try detect("alpha,beta\n1,2\n") }
        #expect(error == .unrecognised(path: "file.txt", columns: ["alpha", "beta"]))
        #expect(error?.description.contains("found are the columns alpha, beta; wanted are ") == true)
    }

    @Test(arguments: [
        (Array("PK\u{3}\u{4}".utf8), "a zip archive"), (Array("PK\u{5}\u{6}".utf8), "an empty zip archive"),
        ([0x1f, 0x8b, 8], "gzip within gzip"), (Array("BZh9".utf8), "packed with bzip2"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "packed with xz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "packed with Zstandard"),
        ([UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8), "a tar archive"),
        ([0xff, 0xfe, 0x73, 0], "text in UTF-16"), (Array("<!DOCTYPE html>".utf8), "a web page"),
        (Array("step,loss\r1,2\r3".utf8), "text whose lines end with carriage returns"),
    ])
    func `an archive, or text in another encoding, is refused instead of being half played`(
        magic: [UInt8],
        kind: String
    ) throws {
        let lines = "\n1 0 -1 5 4 -1 -1 4 60 -1 1 1 1 1 1 1 -1 -1\n"
        let bytes = magic.contains(0x0d) ? magic : magic + Array(lines.utf8)
        let error = #expect(throws: WorkloadError.self) {
            try WorkloadFormat.detect(head: bytes[...], path: "trace.swf")
        }
        #expect(error?.description.hasPrefix("trace.swf: this is \(kind)") == true)
    }

    @Test func `workloads that are played together have names of their own`() {
        let names = WorkloadReader.names(of: ["a/trace.swf.gz", "b/trace.swf", "trace-2.csv", "/.hidden"])
        #expect(names == ["trace", "trace-2", "trace-2-2", ".hidden"])
    }

    @Test func `nothing and anything are refused`() throws {
        #expect(throws: WorkloadError.empty(path: "file.txt")) { try detect("") }
        #expect(throws: WorkloadError.unrecognised(path: "file.txt")) { try detect("hello\0world\n") }
    }
}
