import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// HPC jobs out of what `sacct --parsable2` prints.
struct SacctTests {
    private func read(_ text: String) throws -> Workload { try WorkloadReader().read(text, as: "s.txt") }

    private func job(_ state: String, elapsed: String = "00:10:00", start: String = "2024-01-15T10:00:00")
        throws
        -> JobArrival
    {
        let text =
            "JobID|State|Submit|Start|End|Elapsed\n1|\(state)|2024-01-15T10:00:00|\(start)|2024-01-15T12:00:00|\(elapsed)\n"
        return try #require(try read(text).jobs)[0]
    }

    @Test func `the sample is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("sacct.txt"))
        let trace = try #require(workload.jobs)
        let jobs = trace.indices.map { trace[$0] }
        #expect(workload.format == .sacct)
        #expect(workload.account.data == 8)
        #expect(workload.account.comments == 4)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["not ended": 2])
        #expect(workload.start == Timestamp(seconds: 1_705_312_800))
        #expect(
            jobs.counts
                == FateCounts(complete: 2, fail: 2, cancelWaiting: 1, cancelRunning: 1, leaveWaiting: 2)
        )
        #expect(jobs[0].duration == .seconds(93_784))
        #expect(trace.servedQueues == ["sacct.cpu", "sacct.gpu"])
        #expect(trace.machine?.cpuMillis == 8000)
        #expect(workload.assumptions.count == 1)
        let attributes: [Name: String] = [
            "user": "omar", "account": "bio", "partition": "cpu", "name": "fold \"a\"",
        ]
        #expect(jobs[1].specification.attributes == attributes)
    }

    @Test(arguments: [
        ("COMPLETED", JobFate.complete), ("CANCELLED by 1000", .cancelRunning(after: .seconds(600))),
        ("CANCELLED+", .cancelRunning(after: .seconds(600))), ("RUNNING", .leaveWaiting),
        ("PENDING", .leaveWaiting),
        (
            "OUT_OF_ME+",
            .fail(Failure(type: "out_of_memory", message: "OUT_OF_MEMORY in the trace", isRetryable: false))
        ),
        ("TIMEOUT", .fail(Failure(type: "timeout", message: "TIMEOUT in the trace", isRetryable: false))),
    ])
    func `a state decides a job's fate`(state: String, fate: JobFate) throws {
        #expect(try job(state).fate == fate)
    }

    @Test
    func `a job that was cancelled before it began is cancelled when its trace says, and held no longer`()
        throws
    {
        let job = try job("CANCELLED by 1000", elapsed: "00:00:00", start: "None")
        #expect(job.fate == .cancelWaiting(at: .seconds(7200)))
        #expect(job.specification.timeouts.lease == .seconds(10_800))
    }

    @Test(arguments: [
        ("1-02:03:04", 93_784), ("02:03:04", 7384), ("03:04", 184), ("00:00:00", 0), ("2-00", 172_800),
        ("365-00:00:00", 31_536_000),
    ])
    func `an elapsed time has days, hours, minutes and seconds`(text: String, seconds: Int64) throws {
        #expect(try job("COMPLETED", elapsed: text).duration == .seconds(seconds))
    }

    @Test func `without a known elapsed time a job ran from its start to its end`() throws {
        for text in ["Unknown", ""] {
            #expect(try job("COMPLETED", elapsed: text).duration == .seconds(7200))
        }
    }

    @Test func `a job arrives when it is first known of, and takes the processors that it got or asked for`()
        throws
    {
        let workload = try read(
            """
            JobID|State|Submit|Eligible|Start|ElapsedRaw|AllocCPUS|ReqCPUS|ReqTRES|
            1|COMPLETED|1705312800|||5|4|8||
            2|COMPLETED|Unknown|2024-01-15T10:01:00||5|0|8||
            3|COMPLETED|Unknown|Unknown|2024-01-15T10:02:00|5|0|0|billing=2,cpu=2,mem=1G|
            4|COMPLETED|2024-01-15T10:03:00|||5||||
            5|COMPLETED|Unknown|None||5|1|||
            """
        )
        let trace = try #require(workload.jobs)
        let jobs = trace.indices.map { trace[$0] }
        #expect(jobs.map(\.arrival) == [.zero, .zero, .seconds(60), .seconds(120), .seconds(180)])
        #expect(jobs.map(\.specification.requirements.cpuMillis) == [4000, 1000, 8000, 2000, 1000])
        #expect(workload.account.remarks == ["unknown processors": 1, "unknown submit time": 1])
    }

    @Test(arguments: [
        ("1|LOST|2024-01-15T10:00:00|00:00:01", "State", "unknown state"),
        ("1|COMPLETED|yesterday|00:00:01", "Submit", "not a time"),
        ("1|COMPLETED|2024-01-15T10:00:00|soon", "Elapsed", "not a duration"),
        ("1|COMPLETED|2024-01-15T10:00:00|1:2:3:4", "Elapsed", "not a duration"),
        ("|COMPLETED|2024-01-15T10:00:00|00:00:01", "JobID or JobIDRaw", "is empty"),
    ])
    func `a malformed line is skipped, counted and shown`(line: String, field: String, problem: String) throws
    {
        let account = try read("JobID|State|Submit|Elapsed\n\(line)\n").account
        #expect(account.problems == [LineProblem(line: 2, field: field, problem: problem)])
    }

    @Test func `columns that are missing are named with those that would do`() throws {
        let error = #expect(throws: WorkloadError.self) {
            try read("JobID|JobName|State|ExitCode\n1|a|COMPLETED|0:0\n")
        }
        let text = try #require(error?.description)
        #expect(
            text.contains("columns are missing: Submit or Eligible or Start, ElapsedRaw or Elapsed or End")
        )
        #expect(text.contains("found are JobID, JobName, State, ExitCode"))
    }
}
