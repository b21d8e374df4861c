import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// Command scripts: every command, and every way in which a line is wrong.
struct CommandScriptTests {
    private func read(_ text: String) throws -> Workload { try WorkloadReader().read(text, as: "s.ndjson") }

    @Test func `the sample script has every command`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("commands.ndjson"))
        let script = try #require(workload.script)
        #expect(workload.account.data == 15)
        #expect(workload.account.comments == 1)
        #expect(workload.start == nil)
        #expect(workload.length == .seconds(10))
        #expect(script.steps[5].at == .milliseconds(3250))
        let ids: [Name: JobID] = [
            "frame": JobID(1), "a": JobID(2), "b": JobID(3), "move": JobID(5), "spare": JobID(6),
        ]
        let epoch = Timestamp(seconds: 1000)
        let jobs = ScriptedJobs(ids: ids)
        let commands = try script.steps.map { try script.command(of: $0, epoch: epoch, jobs) }
        guard case .create(let frame) = commands[1], case .createMany(let many) = commands[2] else {
            Issue.record("the second and third line create jobs")
            return
        }
        #expect(frame.payload == Array(#"{"frame": 7, "note": "caf\u00e9"}"#.utf8))
        #expect(frame.contentType == "application/json")
        #expect(frame.priority == 2)
        #expect(frame.tags == ["night"])
        #expect(frame.retry.maxAttempts == 2)
        #expect(frame.retry.base == .milliseconds(500))
        #expect(frame.retry.maxCrashes == 3)
        #expect(frame.timeouts.lease == .seconds(30))
        #expect(frame.requirements.machine == "bench-1")
        #expect(many[1].runAt == Timestamp(seconds: 1060))
        #expect(many[1].expiresAt == epoch + .milliseconds(600_500))
        #expect(many[2].payload == Array("plain words".utf8))
        #expect(many[2].contentType == "text/plain")
        #expect(commands[5] == .approve([JobID(5)]))
        #expect(commands[6] == .reject([JobID(6)]))
        #expect(script.steps[5].context.actor == "ines")
        #expect(script.steps[5].context.idempotencyKey == "approve-1")
        let dispatch = DispatchRequest(
            worker: "w1",
            queues: ["frames"],
            kinds: ["render"],
            machine: "bench-1"
        )
        #expect(commands[7] == .dispatch(dispatch))
        #expect(commands[8] == .dispatch(DispatchRequest(worker: "w2", max: 3)))
        let points = [
            Point(step: 1, time: Timestamp(seconds: 1005), value: 0.5),
            Point(step: 2, time: epoch + .milliseconds(4500), value: .nan),
        ]
        #expect(commands[9] == .addPoints(JobID(1), series: "noise", points: points))
        let json = "application/json"
        let result = Payload(Array(#"{"bytes": 1024}"#.utf8), contentType: json)
        #expect(commands[10] == .complete(.job(JobID(1)), result: result))
        let failure = Failure(type: "decode", message: "not an image", isRetryable: false)
        #expect(commands[11] == .fail(.job(JobID(2)), failure))
        let completions = [
            Completion(.job(JobID(5))),
            Completion(.job(JobID(4)), result: Payload(Array(#""ok""#.utf8), contentType: json)),
        ]
        #expect(commands[12] == .completeMany(completions))
        #expect(commands[13] == .cancel([JobID(3)]))
        #expect(commands[14] == .setMachineStatus(name: "bench-1", .maintenance))
        #expect(script.steps[2].command.newReferences == ["a", "b", nil])
    }

    @Test func `a job is created with its tasks, and cancelled by force`() throws {
        let workload = try read(
            """
            {"atMs":0,"command":"create","ref":"p","kind":"k","onTaskFailure":"wait","tasks":[{"kind":"t","ref":"t1"},{"kind":"u"}]}
            {"atMs":1000,"command":"cancel","jobs":["p","t1"],"force":true}
            {"atMs":2000,"command":"create","kind":"k","tasks":[]}
            {"atMs":3000,"command":"create","kind":"k","tasks":[{"kind":"t","tasks":[{"kind":"u"}]}]}
            """
        )
        let script = try #require(workload.script)
        let steps = script.steps
        try #require(steps.count == 2)
        #expect(steps[0].command.newReferences == ["p", "t1", nil])
        let jobs = ScriptedJobs(ids: ["p": JobID(1), "t1": JobID(2)])
        var parent = JobSpecification(kind: "k")
        let tasks = ["t", "u"].map { JobSpecification(kind: $0) }
        parent.onTaskFailure = .wait
        guard
            case .createWithTasks(let found, let others) = try script.command(
                of: steps[0],
                epoch: .zero,
                jobs
            )
        else {
            Issue.record("the first line creates a job with tasks")
            return
        }
        #expect(found == parent)
        #expect(others == tasks)
        let cancelled = try script.command(of: steps[1], epoch: .zero, jobs)
        #expect(cancelled == .cancel([JobID(1), JobID(2)], isForced: true))
    }

    @Test func `dates set the script's start, and move with the clock`() throws {
        let workload = try read(
            """
            {"at": "2024-01-01T01:00:05+01:00", "command": "cancel", "job": "j"}
            {"at": "2024-01-01T00:00:00Z", "command": "create", "ref": "j", "kind": "k", "runAt": "2024-01-01T00:01:00.5Z"}
            """
        )
        let script = try #require(workload.script)
        #expect(workload.start == Timestamp(seconds: 1_704_067_200))
        #expect(script.steps.map(\.at) == [.zero, .seconds(5)])
        #expect(script.steps.map(\.line) == [2, 1])
        let command = try script.command(of: script.steps[0], epoch: .zero, ScriptedJobs())
        guard case .create(let job) = command else {
            Issue.record("the first step creates a job")
            return
        }
        #expect(job.runAt == Timestamp(nanoseconds: 60_500_000_000))
        #expect(throws: CommandScript.Unresolved(ref: "j", line: 1)) {
            try script.command(of: script.steps[1], epoch: .zero, ScriptedJobs())
        }
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.5Z", -500_000_000),
        ("2000-02-29t12:00:00z", 951_825_600_000_000_000),
        ("1900-03-01T00:00:00Z", -2_203_891_200_000_000_000),
        ("2024-06-30T23:30:00-05:30", 1_719_810_000_000_000_000),
    ])
    func `dates are counted from the Unix epoch`(date: String, nanoseconds: Int64) throws {
        let line = #"{"at":"DATE","command":"cancel","job":1}"#.replacing("DATE", with: date)
        #expect(try read(line).start == Timestamp(nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "1900-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-04-31T00:00:00Z", "2024-04-30T24:00:00Z",
        "2024-04-30T00:00:60Z", "2024-04-30T00:00:00", "2024-04-30T00:00:00.Z", "2024-04-30T00:00:00+1:00",
        "9999-04-30T00:00:00Z", "2024-04-30T00:00:00.1234567890Z", "2024-04-3aT00:00:00Z",
    ])
    func `what is no date is skipped`(date: String) throws {
        let line = #"{"at":"DATE","command":"cancel","job":1}"#.replacing("DATE", with: date)
        let account = try read(line).account
        #expect(account.skipped == 1)
        #expect(account.problems.first?.field == "at")
    }

    @Test(
        arguments: [
            (#"{"atMs":0}"#, "command", "is missing or empty"),
            (#"{"atMs":0,"command":"destroy"}"#, "command", #""destroy" is not a command"#),
            (#"{"command":"cancel","job":1}"#, "at", "is missing"),
            (
                #"{"atMs":-1,"command":"cancel","job":1}"#, "atMs",
                "must be milliseconds from 0 to 4294967296000"
            ),
            (
                #"{"at":1,"command":"cancel","job":1}"#, "at",
                "must be an RFC 3339 time; milliseconds stand under atMs"
            ),
            (
                #"{"at":"2024-01-01T00:00:00Z","atMs":1,"command":"cancel","job":1}"#, "at",
                "stands beside atMs; give one"
            ),
            (
                #"{"at":"2024-01-01","command":"cancel","job":1}"#, "at",
                "must be an RFC 3339 time, such as 2026-11-20T09:30:00Z"
            ),
            (
                #"{"at":"2024-01-01T00:00:00Z","command":"cancel","job":1}"#, "at",
                "a script's moments are all milliseconds or all dates"
            ),
            (#"{"atMs":0,"command":"cancel"}"#, "job", "is missing"),
            (#"{"atMs":0,"command":"cancel","job":0}"#, "job", "must be a ref or a job's number"),
            (#"{"atMs":0,"command":"cancel","job":"x"}"#, "job", #"no earlier command creates "x""#),
            (#"{"atMs":0,"command":"create","kind":"k","ref":"r"}"#, "ref", #""r" is taken already"#),
            (#"{"atMs":0,"command":"create","kind":"k","knid":1}"#, "knid", "is not a field of this command"),
            (
                #"{"atMs":0,"command":"create","kind":"k","retry":{"bse":1}}"#, "retry.bse",
                "is not a field of this command"
            ),
            (
                #"{"atMs":0,"command":"create","kind":"k","retry":{"maxAttempts":0}}"#, "retry.maxAttempts",
                "must be at least 1"
            ),
            (
                #"{"atMs":0,"command":"create","kind":"k","priority":9999999999}"#, "priority",
                "must be a whole number from -2147483648 to 2147483647"
            ),
            (
                #"{"atMs":0,"command":"create","kind":"k","confidence":1}"#, "confidence",
                "is not a field of this command"
            ),
            (
                #"{"atMs":0,"command":"suggest","kind":"k","confidence":2}"#, "confidence",
                "must be a number from 0.0 to 1.0"
            ),
            (
                #"{"atMs":0,"command":"createMany","jobs":[{"kind":"k"},{}]}"#, "jobs[1].kind",
                "is missing or empty"
            ),
            (
                #"{"atMs":0,"command":"create","kind":"k","uniqueWindowMs":1}"#, "uniqueWindowMs",
                "needs a uniqueKey"
            ),
            (
                #"{"atMs":0,"command":"createMany","jobs":[{"kind":"k","onClash":"refuse"}]}"#,
                "jobs[0].onClash", "needs a uniqueKey"
            ),
            (
                #"{"atMs":0,"command":"update","job":"r","runAtMs":null}"#, "runAtMs",
                "must not be null; leave it out to keep what there is"
            ),
            (
                #"{"atMs":0,"command":"update","job":"r","tags":null}"#, "tags",
                "must not be null; leave it out to keep what there is"
            ),
            (
                #"{"atMs":0,"command":"snooze","job":"r","forMs":0}"#, "forMs",
                "must be milliseconds from 0.000001 to 4294967296000"
            ),
            (#"{"atMs":0,"command":"dispatch","worker":"w","max":0}"#, "max", "must be at least 1"),
            (
                #"{"atMs":0,"command":"addPoints","job":"r","series":"s","points":[{"step":1,"value":"x"}]}"#,
                "points[0].value", #"must be a number, "NaN", "Infinity" or "-Infinity""#
            ),
            (
                #"{"atMs":0,"command":"setMachineStatus","machine":"m","status":"busy"}"#, "status",
                "must be available or cordoned or maintenance"
            ),
            (#"{"atMs":0,"atMs":1}"#, nil, #""atMs" stands twice at byte 17"#),
            (#"{"atMs":0,"command":"cancel","job":1} x"#, nil, "text after the value at byte 39"),
            (#"{"atMs":01}"#, nil, "not a value at byte 9"),
            (#"{"at":"\ud800"}"#, nil, "half a surrogate pair at byte 14"),
            ("{\"at\":\"a\0b\"}", nil, "a control character in a string at byte 10"),
            ("[]", nil, "must be an object"),
        ] as [(String, String?, String)]
    )
    func `a wrong line is skipped, and line and field are named`(
        line: String,
        field: String?,
        problem: String
    ) throws {
        let text = "{\"atMs\":0,\"command\":\"create\",\"kind\":\"k\",\"ref\":\"r\"}\n\(line)\n"
        let workload = try read(text)
        #expect(workload.account.problems == [LineProblem(line: 2, field: field, problem: problem)])
        #expect(workload.account.skipped == 1)
        #expect(workload.account.data == 1)
        #expect(workload.script?.steps.map(\.line) == [1])
    }

    @Test func `lines that speak of a job of a skipped line are skipped too`() throws {
        let workload = try read(
            """
            {"atMs":9000,"command":"approve","jobs":["b"]}
            {"atMs":0,"command":"create","kind":"k","ref":"a","priority":"high"}
            {"atMs":1000,"command":"cancel","job":"a"}
            {"atMs":2000,"command":"createMany","jobs":[{"kind":"k","ref":"b"},{"kind":"k","ref":"b"}]}
            {"atMs":3000,"command":"create","kind":"k","ref":"a"}
            {"atMs":4000,"command":"cancel","job":"a"}
            """
        )
        let problems = workload.account.problems
        #expect(workload.account.data == 2)
        #expect(workload.account.skipped == 4)
        #expect(problems.map(\.line) == [1, 2, 3, 4])
        #expect(problems.map(\.field) == ["jobs", "priority", "job", "ref"])
        #expect(workload.script?.steps.map(\.line) == [5, 6])
    }

    @Test func `a skipped line has no say in the kind of times`() throws {
        let workload = try read(
            """
            {"at":"2024-01-01T00:00:00Z","command":"destroy"}
            {"atMs":5000,"command":"create","kind":"k"}
            """
        )
        #expect(workload.start == nil)
        #expect(workload.account.skipped == 1)
        #expect(workload.script?.steps.map(\.at) == [.seconds(5)])
    }

    @Test func `nesting is bounded`() throws {
        let deep = String(repeating: "[", count: 100_000)
        let account = try read("{\"atMs\":0,\"command\":\"create\",\"kind\":\"k\",\"payload\":\(deep)")
            .account
        #expect(account.problems.first?.problem.contains("nested too deeply") == true)
    }

    @Test func `surrogate pairs and escapes become their characters`() throws {
        let text = #"{"atMs":0,"command":"create","kind":"\ud83d\ude00\t\"\/","ref":"r"}"# + "\n"
        let script = try #require(try read(text).script)
        guard case .create(let job, tasks: []) = script.steps[0].command else {
            Issue.record("the line creates a job")
            return
        }
        #expect(job.specification.kind == "😀\t\"/")
    }
}
