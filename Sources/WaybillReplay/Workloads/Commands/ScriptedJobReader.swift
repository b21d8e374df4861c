import Orchestration

/// From the fields of a line to a job that is to be created.
enum ScriptedJobReader {
    static func suggestion(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> ScriptedCommand.NewJob {
        var job = try job(&fields, &times)
        job.specification.source = try fields.text("source")
        job.specification.confidence = try fields.real("confidence", in: 0...1)
        return job
    }

    static func job(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> ScriptedCommand.NewJob {
        let ref = try fields.text("ref")
        if ref?.isEmpty == true { throw fields.problem("ref", "is empty") }
        var job = JobSpecification(kind: try fields.requiredText("kind"))
        if let queue = try fields.text("queue") { job.queue = queue }
        let payload = try payload(&fields)
        job.payload = payload.bytes
        job.contentType = payload.contentType
        job.priority = try fields.integer("priority", Int32.self) ?? job.priority
        job.runAt = try times.moment("runAt", &fields)
        job.expiresAt = try times.moment("expiresAt", &fields)
        job.tags = try fields.texts("tags")
        job.attributes = try fields.dictionary("attributes")
        job.uniqueKey = try fields.text("uniqueKey")
        job.uniqueWindow = try fields.span("uniqueWindow")
        job.onClash = try fields.choice("onClash", ClashRule.allCases, \.name) ?? job.onClash
        job.concurrencyKey = try fields.text("concurrencyKey")
        job.fairnessKey = try fields.text("fairnessKey")
        job.fairnessWeight = try fields.integer("fairnessWeight", UInt32.self) ?? job.fairnessWeight
        job.requirements = try requirements(&fields)
        job.retry = try retry(&fields, job.retry)
        job.timeouts = try timeouts(&fields, job.timeouts)
        let rule = try fields.choice("onParentFailure", ParentFailureRule.allCases, \.name)
        job.onParentFailure = rule ?? job.onParentFailure
        let after = fields.holds("after") ? try fields.jobs("after") : []
        return ScriptedCommand.NewJob(ref: ref, specification: job, after: after)
    }

    static func payload(_ fields: inout CommandFields) throws(LineProblem) -> Payload {
        let contentType = try fields.text("contentType")
        guard let member = fields.member("payload") else {
            return Payload([], contentType: contentType ?? "")
        }
        guard let contentType, contentType != Replay.json else {
            return Payload(Array(member.source), contentType: Replay.json)
        }
        guard case .string(let text) = member.value else {
            throw fields.problem("payload", "must be a text where contentType is not application/json")
        }
        return Payload(Array(text.utf8), contentType: contentType)
    }

    static func requirements(_ fields: inout CommandFields) throws(LineProblem) -> Requirements {
        guard var object = try fields.object("requirements") else { return Requirements() }
        let requirements = Requirements(
            cpuMillis: try object.integer("cpuMillis", UInt64.self) ?? 0,
            memoryMegabytes: try object.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuMillis: try object.integer("gpuMillis", UInt64.self) ?? 0,
            gpuDevices: try object.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModels: try object.texts("gpuModels"),
            labels: try object.texts("labels"),
            machine: try object.text("machine")
        )
        try object.finish()
        return requirements
    }

    private static func retry(
        _ fields: inout CommandFields,
        _ usual: RetryPolicy
    ) throws(LineProblem) -> RetryPolicy {
        guard var object = try fields.object("retry") else { return usual }
        let retry = RetryPolicy(
            maxAttempts: try object.integer("maxAttempts", UInt32.self) ?? usual.maxAttempts,
            maxCrashes: try object.integer("maxCrashes", UInt32.self) ?? usual.maxCrashes,
            base: try object.span("base") ?? usual.base,
            factor: try object.real("factor", in: 0...1000) ?? usual.factor,
            cap: try object.span("cap") ?? usual.cap,
            jitter: try object.real("jitter", in: 0...1) ?? usual.jitter,
            nonRetryable: try object.texts("nonRetryable")
        )
        if retry.maxAttempts == 0 { throw object.problem("maxAttempts", "must be at least 1") }
        try object.finish()
        return retry
    }

    private static func timeouts(_ fields: inout CommandFields, _ usual: Timeouts) throws(LineProblem)
        -> Timeouts
    {
        guard var object = try fields.object("timeouts") else { return usual }
        let timeouts = Timeouts(
            lease: try object.span("lease") ?? usual.lease,
            run: try object.span("run"),
            total: try object.span("total")
        )
        try object.finish()
        return timeouts
    }
}
