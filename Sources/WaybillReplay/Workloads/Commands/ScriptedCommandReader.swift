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
        case "create": return try created(&fields, &times)
        case "suggest": return .suggest(try ScriptedJobReader.suggestion(&fields, &times))
        case "createMany": return .createMany(try jobs("jobs", &fields, &times))
        case "approve": return .approve(try fields.jobs("jobs"))
        case "reject": return .reject(try fields.jobs("jobs"))
        case "update": return .update(try fields.job("job"), try change(&fields, &times))
        case "hold": return .hold(try fields.jobs("jobs"))
        case "unhold": return .unhold(try fields.jobs("jobs"))
        case "redrive":
            let jobs = try fields.jobs("jobs")
            let patch = fields.holds("payload") ? try ScriptedJobReader.payload(&fields) : nil
            return .redrive(jobs, patch: patch)
        case "rerun": return .rerun(try fields.job("job"), ref: try fields.text("ref"))
        case "discard": return .discard(try fields.jobs("jobs"))
        case "prune": return .prune(try fields.jobs("jobs"))
        case "cancel":
            let jobs = try cancelled(&fields)
            return .cancel(jobs, isForced: try fields.flag("force") ?? false)
        case "addPoints":
            let job = try fields.job("job")
            let series = try fields.requiredText("series")
            return .addPoints(job, series: series, points: try points(&fields, at, &times))
        default: return try work(name, &fields)
        }
    }

    private static func work(
        _ name: String,
        _ fields: inout CommandFields
    ) throws(LineProblem) -> ScriptedCommand {
        switch name {
        case "dispatch": return .dispatch(try dispatch(&fields))
        case "start":
            let job = try fields.job("job")
            let worker = try fields.requiredText("worker")
            return .start(job, worker: worker, lease: try fields.span("lease"))
        case "heartbeat": return .heartbeat(try fields.job("job"), try progress(&fields))
        case "snooze": return .snooze(try fields.job("job"), for: try fields.requiredSpan("for"))
        case "release": return .release(try fields.job("job"))
        case "complete": return .complete(try fields.job("job"), result: result(&fields))
        case "completeMany": return .completeMany(try results(&fields))
        case "fail": return .fail(try fields.job("job"), try failure(&fields))
        default: return try operation(name, &fields)
        }
    }

    private static func operation(
        _ name: String,
        _ fields: inout CommandFields
    ) throws(LineProblem) -> ScriptedCommand {
        switch name {
        case "registerWorker": return .registerWorker(try worker(&fields))
        case "drainWorker": return .drainWorker(name: try fields.requiredText("name"))
        case "configureQueue": return .configureQueue(try queue(&fields))
        case "setQueueStatus":
            let name = try fields.requiredText("name")
            guard let status = try fields.choice("status", QueueStatus.allCases, \.name) else {
                throw fields.problem("status", "is missing")
            }
            return .setQueueStatus(name: name, status)
        case "registerMachine": return .registerMachine(try machine(&fields))
        case "setMachineStatus": return try machineStatus(&fields)
        default: throw fields.problem("command", "\"\(name)\" is not a command")
        }
    }

    /// A job of its own, or one with tasks.
    private static func created(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> ScriptedCommand {
        var job = try ScriptedJobReader.job(&fields, &times)
        guard fields.holds("tasks") else { return .create(job) }
        let rule = try fields.choice("onTaskFailure", ParentFailureRule.allCases, \.name)
        job.specification.onTaskFailure = rule ?? job.specification.onTaskFailure
        return .create(job, tasks: try jobs("tasks", &fields, &times))
    }

    private static func jobs(
        _ name: String,
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> [ScriptedCommand.NewJob] {
        var jobs: [ScriptedCommand.NewJob] = []
        for var object in try fields.objects(name) {
            jobs.append(try ScriptedJobReader.job(&object, &times))
            try object.finish()
        }
        return jobs
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
            isRetryable: try fields.flag("retryable") ?? true,
            retryAfter: try fields.span("retryAfter")
        )
    }

    /// One `job`, or several `jobs`.
    private static func cancelled(_ fields: inout CommandFields) throws(LineProblem) -> [JobReference] {
        if fields.holds("jobs") { return try fields.jobs("jobs") }
        return [try fields.job("job")]
    }

    private static func change(
        _ fields: inout CommandFields,
        _ times: inout ScriptTimes
    ) throws(LineProblem) -> JobChange {
        JobChange(
            priority: try fields.integer("priority", Int32.self),
            runAt: try times.moment("runAt", &fields),
            tags: fields.holds("tags") ? try fields.texts("tags") : nil,
            attributes: fields.holds("attributes") ? try fields.dictionary("attributes") : nil,
            requirements: fields.holds("requirements") ? try ScriptedJobReader.requirements(&fields) : nil
        )
    }

    private static func progress(_ fields: inout CommandFields) throws(LineProblem) -> JobProgress? {
        let fraction = try fields.real("fraction", in: 0...1)
        let message = try fields.text("message")
        return fraction == nil && message == nil
            ? nil : JobProgress(fraction: fraction, message: message ?? "")
    }

    private static func worker(_ fields: inout CommandFields) throws(LineProblem) -> WorkerSpecification {
        WorkerSpecification(
            name: try fields.requiredText("name"),
            slots: try fields.integer("slots", UInt32.self) ?? 0,
            queues: try fields.texts("queues"),
            kinds: try fields.texts("kinds"),
            labels: try fields.texts("labels")
        )
    }

    private static func queue(_ fields: inout CommandFields) throws(LineProblem) -> QueueSpecification {
        var queue = QueueSpecification(name: try fields.requiredText("name"))
        queue.concurrency = try fields.integer("concurrency", UInt32.self)
        queue.keyConcurrency = try fields.integer("keyConcurrency", UInt32.self)
        if var rate = try fields.object("rate") {
            queue.rate = Rate(
                try rate.integer("starts", UInt32.self) ?? 0,
                per: try rate.requiredSpan("interval"),
                burst: try rate.integer("burst", UInt32.self) ?? 1
            )
            try rate.finish()
        }
        let policies: [DispatchPolicy] = [.fifo, .priority]
        queue.policy = try fields.choice("policy", policies, \.name) ?? queue.policy
        queue.aging = try fields.span("aging") ?? queue.aging
        queue.retention = Retention(
            succeeded: try fields.span("keepSucceeded"),
            dead: try fields.span("keepDead"),
            cancelled: try fields.span("keepCancelled")
        )
        return queue
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
