import Orchestration
import TestSupport
import Testing
import WaybillJSON
import WaybillWorkloads

/// HPC jobs out of the Standard Workload Format.
struct SWFReaderTests {
    private let header = "; UnixStartTime: 1000\n; MaxProcs: 16\n"
    private let good = "1 10 5 60 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1\n"

    private func read(_ text: String) throws -> Workload { try WorkloadReader().read(text, as: "t.swf") }

    @Test func `the sample trace is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("sample.swf"))
        let trace = try #require(workload.jobs)
        #expect(workload.account.data == 200)
        #expect(workload.account.comments == 9)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks["out of submit order"] == 4)
        #expect(workload.account.remarks["unknown submit time"] == 1)
        #expect(workload.start == Timestamp(seconds: 1_700_000_284))
        #expect(trace.machine?.name == "sample")
        #expect(trace.machine?.cpuMillis == 64_000)
        #expect(trace.servedQueues == ["sample", "sample.1", "sample.2"])
        let jobs = trace.indices.map { trace[$0] }
        #expect(jobs.map(\.arrival) == jobs.map(\.arrival).sorted())
        #expect(workload.length == .seconds(23_943))
        #expect(jobs.reduce(0) { $0 + $1.specification.requirements.cpuMillis } == 2_718_000)
        #expect(jobs.reduce(0) { $0 + $1.duration.nanoseconds } == 325_851 * 1_000_000_000)
        #expect(jobs.counts == FateCounts(complete: 147, fail: 22, cancelWaiting: 20, cancelRunning: 11))
    }

    @Test func `a job carries what the rules name`() throws {
        let workload = try read(header + good)
        let job = try #require(workload.jobs)[0]
        let specification = job.specification
        #expect(specification.kind == "hpc")
        #expect(specification.queue == "t")
        #expect(specification.requirements == Requirements(cpuMillis: 4000, machine: "t"))
        #expect(specification.retry.maxAttempts == 1)
        #expect(specification.retry.maxCrashes == 0)
        #expect(specification.timeouts.lease == .seconds(3660))
        let attributes: [Name: String] = ["user": "7", "group": "8", "executable": "9", "partition": "2"]
        #expect(specification.attributes == attributes)
        let payload = """
            {"job":1,"submit":10,"processors":4,"run_time":60,"requested_time":100,"requested_memory":-1,\
            "status":1,"user":7,"group":8,"executable":9,"queue":-1,"partition":2}
            """
        #expect(String(decoding: specification.payload, as: UTF8.self) == payload)
        #expect(job.arrival == .zero)
        #expect(job.duration == .seconds(60))
        #expect(job.fate == .complete)
        #expect(workload.start == Timestamp(seconds: 1010))
    }

    @Test(arguments: [
        ("1 0 -1 50 4 -1 -1 -1 -1 -1 -1", 4, JobFate.complete),
        ("1 0 -1 -1 -1 -1 -1 -1 -1 -1 1", 1, .complete),
        ("1 0 30 0 -1 -1 -1 2 -1 -1 5", 2, .cancelWaiting(at: .seconds(30))),
        ("1 0 -1 -1 -1 -1 -1 2 -1 -1 5", 2, .cancelWaiting(at: .zero)),
        ("1 0 30 9 -1 -1 -1 2 -1 -1 5", 2, .cancelRunning(after: .seconds(9))),
    ])
    func `status, run time and wait decide a job's fate`(fields: String, processors: UInt64, fate: JobFate)
        throws
    {
        let trace = try #require(try read(header + fields + " 1 1 1 1 1 -1 -1\n").jobs)
        #expect(trace[0].fate == fate)
        #expect(trace[0].specification.requirements.cpuMillis == processors * 1000)
    }

    @Test(arguments: [("7200", 10_800), ("0", 3600), ("-1", 3600)])
    func `a job that was cancelled while it waited may be held until then`(wait: String, lease: Int64) throws
    {
        let trace = try #require(try read(header + "1 0 \(wait) 0 -1 -1 -1 2 -1 -1 5 1 1 1 1 1 -1 -1\n").jobs)
        #expect(trace[0].specification.timeouts.lease == .seconds(lease))
    }

    @Test(arguments: [
        ("1 2 3", "has 3 fields instead of 18"),
        ("x 10 5 60 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 1 is not a number in range"),
        ("1 nan 5 60 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 2 is not a number in range"),
        ("1 -2 5 60 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 2: negative submit time"),
        ("1 10 5 -2 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 4: negative run time"),
        ("1 10 5 99999999999 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 4 is out of range"),
        (
            "1 10 5 99999999999999999999 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1",
            "field 4 is not a number in range"
        ),
        (
            "1 10 5 60 4 -1 -1 17 100 -1 1 7 8 9 -1 2 -1 -1",
            "asks for more processors (17) than the machine has (16)"
        ),
        ("1 10 5 60 4 -1 -1 4 100 -1 3 7 8 9 -1 2 -1 -1", "field 11: partial executions are not played"),
        ("1 10 5 60 4 -1 -1 4 100 -1 9 7 8 9 -1 2 -1 -1", "field 11: unknown status 9"),
        ("\0\u{1}\u{2} 10 5 60 4 -1 -1 4 100 -1 1 7 8 9 -1 2 -1 -1", "field 1 is not a number in range"),
    ])
    func `a malformed line is skipped, counted and shown`(line: String, problem: String) throws {
        let workload = try read(header + good + line + "\n" + good)
        #expect(workload.account.data == 2)
        #expect(workload.account.skipped == 1)
        #expect(workload.account.total == 5)
        #expect(workload.account.problems == [LineProblem(line: 4, problem: problem)])
    }

    @Test func `only the first problems are kept, all are counted`() throws {
        let account = try read(header + String(repeating: "bad\n", count: 50)).account
        #expect(account.skipped == 50)
        #expect(account.problems.count == LineAccount.problemsKept)
    }

    @Test func `without MaxProcs the machine is as large as the largest request`() throws {
        let workload = try read("; no header\r\n" + good + "2 11 5 60 4 -1 -1 9 100 -1 1 7 8 9 3 2 -1 -1")
        #expect(workload.jobs?.machine?.cpuMillis == 9000)
        let assumption =
            "a machine of 9 processors, as many as the largest job asks for: the header has no MaxProcs"
        #expect(workload.assumptions == [assumption])
        #expect(try read(header + good).assumptions == [])
        #expect(workload.start == nil)
        #expect(workload.jobs?.servedQueues == ["t", "t.3"])
    }

    @Test(arguments: [
        "MaxProcs: 0", "MaxProcs: -3", "MaxProcs: many", "UnixStartTime: abc",
        "UnixStartTime: 9223372036854775807",
    ])
    func `a header that says something impossible is a malformed line`(line: String) throws {
        let account = try read("; \(line)\n" + good).account
        #expect(account.skipped == 1)
        #expect(account.comments == 0)
        #expect(account.data == 1)
        #expect(account.problems.first?.line == 1)
        #expect(
            account.problems.first?.problem.hasPrefix(line.prefix { $0 != ":" } + " is not a number") == true
        )
    }

    @Test func `a header of -1 is not known`() throws {
        let workload = try read("; MaxProcs: -1\n; UnixStartTime: -1\n" + good)
        #expect(workload.account.comments == 2)
        #expect(workload.account.skipped == 0)
        #expect(workload.start == nil)
    }

    @Test func `workloads played together share the first known start`() throws {
        let first = try read(good)
        let second = try read(header + good)
        #expect(Workload.epoch(of: [first]) == .zero)
        #expect(Workload.epoch(of: [first, second]) == Timestamp(seconds: 1010))
    }
}

/// How many jobs end in which way.
struct FateCounts: Equatable {
    var complete = 0
    var fail = 0
    var cancelWaiting = 0
    var cancelRunning = 0
    var leaveWaiting = 0
}

extension [JobArrival] {
    var counts: FateCounts {
        reduce(into: FateCounts()) { counts, job in
            switch job.fate {
            case .complete: counts.complete += 1
            case .fail: counts.fail += 1
            case .cancelWaiting: counts.cancelWaiting += 1
            case .cancelRunning: counts.cancelRunning += 1
            case .leaveWaiting: counts.leaveWaiting += 1
            }
        }
    }
}
