import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// Image-generation requests out of their table.
struct ImageRequestTests {
    private let header = """
        gmt_create,predict_type,predict_status,exec_time_seconds,groupId,prompt_length,negative_prompt_length,\
        num_images_per_prompt,num_inference_steps,checkpoint_model_version_id,num_lora

        """
    private let good = "2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,32.5,G1,63.0,,2.0,30.0,M1,0\n"

    private func read(_ text: String) throws -> Workload { try WorkloadReader().read(text, as: "images.csv") }

    @Test func `the sample table is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("images.csv"))
        let trace = try #require(workload.jobs)
        let jobs = trace.indices.map { trace[$0] }
        #expect(workload.account.data == 120)
        #expect(workload.account.comments == 1)
        #expect(workload.account.skipped == 0)
        #expect(jobs.counts == FateCounts(complete: 111, fail: 7, leaveWaiting: 2))
        #expect(jobs.reduce(0) { $0 + $1.duration.nanoseconds } == 5_371_500_000_000)
        #expect(workload.start == Timestamp(seconds: 1_740_816_072))
        #expect(workload.length == .seconds(17_456))
        #expect(trace.servedQueues == ["images"])
        #expect(trace.machine == nil)
        #expect(jobs.filter { $0.specification.queue == "images.pending" }.count == 2)
    }

    @Test func `a request carries its row`() throws {
        let workload = try read(header + good)
        let job = try #require(workload.jobs)[0]
        #expect(workload.start == Timestamp(seconds: 1_709_251_199))
        #expect(job.duration == .milliseconds(32_500))
        #expect(job.fate == .complete)
        #expect(job.specification.kind == "image")
        #expect(job.specification.attributes == ["group": "G1"])
        let payload = """
            {"type":"TXT_2_IMG","images":2,"steps":30,"prompt_length":63,"model":"M1","adapters":0}
            """
        #expect(String(decoding: job.specification.payload, as: UTF8.self) == payload)
    }

    @Test(arguments: [
        ("a,b", "has 2 fields instead of 11"),
        ("2023-02-29 00:00:00,TXT_2_IMG,SUCCEED,32.0,G1,63.0,,2.0,30.0,M1,0", "gmt_create: not a time"),
        ("2024-02-29 23:59:59,TXT_2_IMG,DONE,32.0,G1,63.0,,2.0,30.0,M1,0", "predict_status: unknown status"),
        (
            "2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,nan,G1,63.0,,2.0,30.0,M1,0",
            "exec_time_seconds: not a duration"
        ),
        (
            "2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,-1,G1,63.0,,2.0,30.0,M1,0",
            "exec_time_seconds: not a duration"
        ),
        (
            "2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,1e300,G1,63.0,,2.0,30.0,M1,0",
            "exec_time_seconds: not a duration"
        ),
        (
            "2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,1,G1,63.5,,2.0,30.0,M1,0",
            "prompt_length: not a number in range"
        ),
        ("\"2024-02-29 23:59:59,TXT_2_IMG,SUCCEED,1,G1,63.5,,2.0,30.0,M1,0", "a quote is not closed"),
    ])
    func `a malformed row is skipped, counted and shown`(row: String, problem: String) throws {
        let account = try read(header + good + row + "\n").account
        #expect(account.data == 1)
        #expect(account.skipped == 1)
        #expect(
            account.problems.map { "\($0)" } == ["line 3" + (problem.contains(": ") ? ", " : ": ") + problem]
        )
    }

    @Test(arguments: [
        ("2024-02-29", 1_709_164_800), ("2024-02-29T01:00:00+01:00", 1_709_164_800),
        ("1.7091648e+09", 1_709_164_800),
    ])
    func `a time may be a date, have a zone, or be a number of seconds`(text: String, seconds: Int64) throws {
        let workload = try read(header + "\(text),TXT_2_IMG,SUCCEED,32.5,G1,63.0,,2.0,30.0,M1,0\n")
        #expect(workload.start == Timestamp(seconds: seconds))
    }

    @Test func `a missing column is an error`() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("gmt_create,predict_type\n", to: "i.csv")
        let wanted = ["gmt_create", "predict_status", "exec_time_seconds"]
        let error = WorkloadError.missingColumns(
            path: path,
            missing: Array(wanted.dropFirst()),
            found: ["gmt_create", "predict_type"],
            wanted: wanted
        )
        #expect(throws: error) { try WorkloadReader().read(path: path) }
    }
}
