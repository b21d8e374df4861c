import Orchestration

/// From the fields of a line to the command; the fields of each are listed at ``CommandScript``.
enum ScriptedCommandReader {
    static func read(
        _ fields: inout CommandFields,
        at: Timestamp,
        times: inout ScriptTimes
    ) throws(LineProblem) -> ScriptedCommand {
        let name = try fields.requiredText("command")
        switch name {
        case "create": return .create(try job(&fields, &times))
        case "suggest": return .suggest(try suggestion(&fields, &times))
        case "createMany": return .createMany(try jobs(&fields, &times))
        case "approve": return .approve(try fields.jobs("jobs"))
        case "reject": return .reject(try fields.jobs("jobs"))
        case "dispatch": return .dispatch(try dispatch(&fields))
        case "complete": return .complete(try fields.job("job"), result: result(&fields))
        case "completeMany": return .completeMany(try results(&fields))
        case "fail": return .fail(try fields.job("job"), try failure(&fields))
        case "cancel": return .cancel(try fields.job("job"))
        case "addPoints":
            let job = try fields.job("job")
            let series = try fields.requiredText("series")
            return .addPoints(job, series: series, points: try points(&fields, at, &times))
        case "registerMachine": return .registerMachine(try machine(&fields))
        case "setMachineStatus": return try machineStatus(&fields)
        default: throw fields.problem("command", "\"\(name)\" is not a command")
        }
    }

    private static func jobs(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> [ScriptedCommand.NewJob] {
        var jobs: [ScriptedCommand.NewJob] = []
        for var object in try fields.objects("jobs") {
            jobs.append(try job(&object, &times))
            try object.finish()
        }
        return jobs
    }

    private static func suggestion(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> ScriptedCommand.NewJob {
        var job = try job(&fields, &times)
        job.specification.source = try fields.text("source")
        job.specification.confidence = try fields.real("confidence", in: 0...1)
        return job
    }

    private static func job(
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
        job.concurrencyKey = try fields.text("concurrencyKey")
        job.fairnessKey = try fields.text("fairnessKey")
        job.fairnessWeight = try fields.integer("fairnessWeight", UInt32.self) ?? job.fairnessWeight
        job.requirements = try requirements(&fields)
        job.retry = try retry(&fields, job.retry)
        job.timeouts = try timeouts(&fields, job.timeouts)
        return ScriptedCommand.NewJob(ref: ref, specification: job)
    }

    private static func payload(_ fields: inout CommandFields) throws(LineProblem) -> Payload {
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

    private static func requirements(_ fields: inout CommandFields) throws(LineProblem) -> Requirements {
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

    private static func dispatch(_ fields: inout CommandFields) throws(LineProblem) -> Dispatch {
        let max = try fields.integer("max", Int.self) ?? 1
        if max < 1 { throw fields.problem("max", "must be at least 1") }
        return Dispatch(
            worker: try fields.requiredText("worker"),
            queues: try fields.texts("queues"),
            kinds: try fields.texts("kinds"),
            max: max,
            machine: try fields.text("machine")
        )
    }

    private static func result(_ fields: inout CommandFields) -> Payload {
        fields.member("result").map { Payload(Array($0.source), contentType: Replay.json) } ?? Payload()
    }

    private static func results(_ fields: inout CommandFields) throws(LineProblem) -> [ScriptedCommand.Result]
    {
        var results: [ScriptedCommand.Result] = []
        for var object in try fields.objects("jobs") {
            let job = try object.job("job")
            results.append(ScriptedCommand.Result(job: job, payload: result(&object)))
            try object.finish()
        }
        return results
    }

    private static func failure(_ fields: inout CommandFields) throws(LineProblem) -> Failure {
        Failure(
            type: try fields.requiredText("type"),
            message: try fields.text("message") ?? "",
            isRetryable: try fields.flag("retryable") ?? true
        )
    }

    private static func points(
        _ fields: inout CommandFields,
        _ at: Timestamp,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> [Point] {
        var points: [Point] = []
        for var object in try fields.objects("points") {
            guard let step = try object.integer("step", UInt64.self) else {
                throw object.problem("step", "is missing")
            }
            let value = try object.curveValue("value")
            let time = try times.moment("time", &object) ?? at
            points.append(Point(step: step, time: time, value: value))
            try object.finish()
        }
        return points
    }

    private static func machine(_ fields: inout CommandFields) throws(LineProblem) -> MachineSpecification {
        guard let cpuMillis = try fields.integer("cpuMillis", UInt64.self) else {
            throw fields.problem("cpuMillis", "is missing")
        }
        return MachineSpecification(
            name: try fields.requiredText("name"),
            cpuMillis: cpuMillis,
            memoryMegabytes: try fields.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuDevices: try fields.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModel: try fields.text("gpuModel") ?? "",
            labels: try fields.texts("labels"),
            attributes: try fields.dictionary("attributes")
        )
    }

    private static func machineStatus(_ fields: inout CommandFields) throws(LineProblem) -> ScriptedCommand {
        let name = try fields.requiredText("name")
        switch try fields.requiredText("status") {
        case "available": return .setMachineStatus(name: name, .available)
        case "cordoned": return .setMachineStatus(name: name, .cordoned)
        case "maintenance": return .setMachineStatus(name: name, .maintenance)
        default: throw fields.problem("status", "must be available, cordoned or maintenance")
        }
    }
}
