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
        ("\n{\"at\": 0, \"command\": \"cancel\"}\n", .commands),
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
        "station_id,name,address\n", "{\"data\": {\"stations\": []}}\n",
    ])
    func `a known file without a reader says so, and what is supported`(text: String) throws {
        let error = #expect(throws: WorkloadError.self) { try detect(text) }
        guard case .unsupported = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
        #expect(error?.description.contains("supported are SWF job traces") == true)
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
