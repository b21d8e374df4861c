import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// CI runs out of the table of their attempts.
struct CIRunTests {
    private let header = "repo,workflow,default_branch,event,run_id,attempt,conclusion,run_time_s\n"

    private func read(_ rows: String...) throws -> Workload {
        try WorkloadReader().read(header + rows.map { $0 + "\n" }.joined(), as: "ci.csv")
    }

    private func row(_ run: Int, _ attempt: Int, _ conclusion: String, _ runTime: String = "10.0") -> String {
        "acme/anvil,build.yml,True,push,\(run),\(attempt),\(conclusion),\(runTime)"
    }

    @Test func `the sample table is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("ci.csv"))
        let trace = try #require(workload.jobs)
        let jobs = trace.indices.map { trace[$0] }
        let account = workload.account
        #expect(account.data == 120)
        #expect(account.comments == 1)
        #expect(account.skipped == 0)
        let remarks = [
            "after a missing attempt": 1, "negative run time": 1, "no conclusion": 7,
            "out of attempt order": 1, "repeats a line": 2, "success, but run again": 2,
            "unknown run time": 2,
        ]
        #expect(account.remarks == remarks)
        #expect(jobs.count == 48)
        #expect(jobs.counts == FateCounts(complete: 26, fail: 16, cancelRunning: 6))
        let earlier = jobs.flatMap(\.earlierAttempts)
        #expect(earlier.count == 70)
        #expect(earlier.allSatisfy { $0.failure.isRetryable })
        let ran = jobs.map(\.duration) + earlier.map(\.duration)
        #expect(ran.reduce(0) { $0 + $1.nanoseconds } == 59_328_500_000_000)
        #expect(jobs.map(\.arrival) == jobs.map(\.arrival).sorted())
        #expect(workload.start == nil)
        #expect(workload.length == .milliseconds(19_490_630))
        #expect(trace.servedQueues == ["ci"])
        #expect(trace.machine == nil)
    }

    @Test func `a run carries its rows, and may be retried as often as it was run again`() throws {
        let first = "acme/anvil,\"lint, test.yml\",False,pull_request,7000000100"
        let trace = try #require(
            try read("\(first),1,failure,30.5", "\(first),2,cancelled,", "\(first),3,success,20.0").jobs
        )
        let job = trace[0]
        let specification = job.specification
        #expect(trace.count == 1)
        #expect(job.duration == .seconds(20))
        #expect(job.fate == .complete)
        #expect(job.earlierAttempts.map(\.duration) == [.milliseconds(30_500), .zero])
        let failures = [
            Failure(type: "failure", message: "attempt 1 concluded failure"),
            Failure(type: "cancelled", message: "attempt 2 concluded cancelled"),
        ]
        #expect(job.earlierAttempts.map(\.failure) == failures)
        #expect(specification.kind == "ci")
        #expect(specification.queue == "ci")
        #expect(specification.retry == RetryPolicy(maxAttempts: 3, maxCrashes: 0))
        #expect(specification.timeouts.lease == .milliseconds(3_630_500))
        let attributes: [Name: String] = [
            "repo": "acme/anvil", "workflow": "lint, test.yml", "event": "pull_request",
            "default_branch": "false",
        ]
        #expect(specification.attributes == attributes)
        let payload = String(decoding: specification.payload, as: UTF8.self)
        #expect(payload == #"{"run":7000000100,"attempts":3}"#)
    }

    @Test(arguments: [
        ("success", "rerun"), ("neutral", "rerun"), ("failure", "failure"), ("timed_out", "timed_out"),
        ("startup_failure", "startup_failure"), ("stale", "stale"), ("action_required", "action_required"),
        ("cancelled", "cancelled"), ("skipped", "skipped"), ("", "no_conclusion"),
    ])
    func `every conclusion fails an attempt that another one follows`(conclusion: String, type: String) throws
    {
        let job = try #require(try read(row(1, 1, conclusion), row(1, 2, "success")).jobs)[0]
        #expect(job.earlierAttempts.map(\.failure.type.text) == [type])
        #expect(job.fate == .complete)
    }

    @Test(arguments: ["failure", "timed_out", "startup_failure", "stale", "action_required", ""])
    func `the last attempt of a run without success is a retryable failure, and no attempt is left`(
        conclusion: String
    ) throws {
        let job = try #require(try read(row(1, 1, "failure"), row(1, 2, conclusion)).jobs)[0]
        guard case .fail(let failure) = job.fate else {
            Issue.record("got \(job.fate)")
            return
        }
        #expect(failure.type.text == (conclusion.isEmpty ? "no_conclusion" : conclusion))
        #expect(failure.isRetryable)
        #expect(job.specification.retry.maxAttempts == 2)
    }

    @Test(arguments: ["cancelled", "skipped"])
    func `a run that was cancelled or skipped in the end is cancelled while it runs`(conclusion: String)
        throws
    {
        let job = try #require(try read(row(1, 1, "failure"), row(1, 2, conclusion)).jobs)[0]
        let failure = Failure(type: Name(conclusion), message: "attempt 2 concluded \(conclusion)")
        #expect(job.fate == .cancelRunning(after: .seconds(10), failure: failure))
    }

    @Test func `runs arrive by their ids, ten milliseconds an id`() throws {
        let workload = try read(row(7000, 1, "success"), row(6900, 1, "success"), row(6900, 2, "success"))
        let trace = try #require(workload.jobs)
        #expect(trace.indices.map { trace[$0].arrival } == [.zero, .seconds(1)])
        #expect(trace.indices.map { trace[$0].earlierAttempts.count } == [1, 0])
    }

    @Test func `rows of a run may stand apart, in any order and twice, and some may be missing`() throws {
        let workload = try read(
            row(1, 5, "success"),
            row(2, 1, "failure"),
            row(1, 2, "failure"),
            row(2, 1, "failure"),
            row(1, 3, "cancelled")
        )
        let trace = try #require(workload.jobs)
        #expect(trace[0].earlierAttempts.map(\.failure.type) == ["failure", "cancelled"])
        #expect(trace[0].fate == .complete)
        #expect(trace[0].specification.retry.maxAttempts == 3)
        #expect(trace[1].earlierAttempts.isEmpty)
        #expect(trace[1].specification.retry.maxAttempts == 1)
        #expect(workload.account.data == 5)
        #expect(workload.account.skipped == 0)
        let remarks = ["after a missing attempt": 2, "out of attempt order": 2, "repeats a line": 1]
        #expect(workload.account.remarks == remarks)
    }

    @Test(arguments: [
        ("a,b", nil, "has 2 fields instead of 8"),
        ("a,\"b,True,push,2,1,success,1.0", nil, "a quote is not closed"),
        (",w,True,push,2,1,success,1.0", "repo", "empty or longer than 256 bytes"),
        ("a,w,Yes,push,2,1,success,1.0", "default_branch", "neither true nor false"),
        ("a,w,True,push,0,1,success,1.0", "run_id", "not a number in range"),
        ("a,w,True,push,999999999999,1,success,1.0", "run_id", "not a number in range"),
        ("a,w,True,push,2,0,success,1.0", "attempt", "not a number in range"),
        ("a,w,True,push,2,1,won,1.0", "conclusion", "unknown conclusion"),
        ("a,w,True,push,2,1,success,nan", "run_time_s", "not a duration"),
        ("a,w,True,push,2,1,success,1e300", "run_time_s", "not a duration"),
        (
            "acme/anvil,build.yml,True,push,1,1,failure,10.5", "attempt",
            "an earlier line gives it another conclusion or run time"
        ),
        (
            "acme/anvil,build.yml,True,push,1,1,success,10.0", "attempt",
            "an earlier line gives it another conclusion or run time"
        ),
        (
            "acme/anvil,build.yml,False,push,1,2,success,10.0", "run_id",
            "an earlier line gives it another repo, workflow, branch or event"
        ),
    ])
    func `a malformed row is skipped, counted and shown`(bad: String, field: String?, problem: String) throws
    {
        let workload = try read(row(1, 1, "failure"), bad)
        #expect(workload.account.data == 1)
        #expect(workload.account.skipped == 1)
        #expect(workload.jobs?.count == 1)
        #expect(workload.account.problems == [LineProblem(line: 3, field: field, problem: problem)])
    }

    @Test func `a missing column is an error`() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("repo,workflow,default_branch,event,run_id,attempt\n", to: "ci.csv")
        let error = #expect(throws: WorkloadError.self) { try WorkloadReader().read(path: path) }
        #expect(
            error?.description.contains("columns are missing: conclusion, run_time_s; found are repo, ")
                == true
        )
    }
}
