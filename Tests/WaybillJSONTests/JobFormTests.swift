import Orchestration
import Testing
import WaybillJSON

/// A job as it is asked for: what is written is what is read, whole in answers and terse in events.
struct JobFormTests {
    static let plain = JobSpecification(kind: "k")

    static let full: JobSpecification = {
        var job = JobSpecification(
            kind: "k",
            queue: "q",
            payload: Array("[1]".utf8),
            contentType: Payload.json
        )
        job.priority = -3
        job.tags = ["b", "a"]
        job.attributes = ["y": "2", "x": "1"]
        job.runAt = Timestamp(nanoseconds: 1_000_000_001)
        job.expiresAt = Timestamp(seconds: 9)
        job.uniqueKey = "u"
        job.uniqueWindow = TimeSpan(nanoseconds: 1)
        job.onClash = .existing
        job.concurrencyKey = "c"
        job.fairnessKey = "f"
        job.fairnessWeight = 2
        job.requirements = Requirements(
            cpuMillis: 1,
            memoryMegabytes: 2,
            gpuMillis: 3,
            gpuDevices: 4,
            gpuModels: ["m"],
            labels: ["l"],
            machine: "host"
        )
        job.retry = RetryPolicy(
            maxAttempts: 9,
            maxCrashes: 8,
            base: .milliseconds(7),
            factor: 1.5,
            cap: .seconds(6),
            jitter: 0.25,
            nonRetryable: ["io"]
        )
        job.timeouts = Timeouts(lease: .seconds(1), run: .seconds(2), total: .seconds(3))
        job.onParentFailure = .wait
        job.onTaskFailure = .ignore
        return job
    }()

    private func read(_ json: [UInt8]) throws -> JobSpecification {
        var fields = try JSONFields(JSONValue.parse(json[...]))
        var dates = Dates()
        var job = try JobSpecification(&fields, &dates)
        job.after = try fields.jobs("after", count: 0...256)
        try fields.finish()
        return job
    }

    private func tersely(_ job: JobSpecification) -> [UInt8] {
        var json = JSONWriter()
        json.tersely { job.write(to: &$0) }
        return json.finish()
    }

    @Test(arguments: [plain, full])
    func `what is written reads back the same, whole and terse`(job: JobSpecification) throws {
        #expect(try read(job.json) == job)
        #expect(try read(tersely(job)) == job)
    }

    @Test func `an event leaves out what is usual, an answer doesn't`() throws {
        #expect(String(decoding: tersely(Self.plain), as: UTF8.self) == #"{"kind":"k","queue":"default"}"#)
        guard case .object(let members) = try JSONValue.parse(Self.plain.json[...]) else {
            Issue.record("a job is an object")
            return
        }
        let names = members.map(\.name.text)
        for name in [
            "priority", "tags", "attributes", "onClash", "requirements", "retry", "timeouts", "after",
        ] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func `a job of a whole event stands under the event's reference to it`() {
        let event = Event(
            sequence: 7,
            time: Timestamp(seconds: 1),
            command: 6,
            cause: 6,
            context: CommandContext(actor: "ines", reason: "disk replaced"),
            links: BackLinks(job: 3),
            body: .attemptFailed(
                JobID(5),
                LeaseToken(epoch: 1, counter: 3),
                Failure(type: "io", retryAfter: .milliseconds(1500))
            )
        )
        let line = #"""
            {"sequence":7,"time":"1970-01-01T00:00:01Z","type":"attempt.failed","actor":"ines","command":6,"cause":6,\#
            "reason":"disk replaced","job":5,"token":"1.3","failure":{"type":"io","retryable":true,\#
            "retryAfterMs":1500},"previous":{"job":3}}

            """#
        #expect(String(decoding: event.jsonLine, as: UTF8.self) == line)
    }
}
