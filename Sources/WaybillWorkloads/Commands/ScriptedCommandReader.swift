import Orchestration
import WaybillJSON

/// From the fields of a line to the command; the fields of each are listed at ``CommandScript``.
enum ScriptedCommandReader {
    static func read(
        _ fields: inout JSONFields,
        at: Timestamp,
        times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand {
        let name = try fields.requiredText("command")
        switch name {
        case "create": return try created(&fields, &times)
        case "suggest": return .suggest(try ScriptedJobReader.suggestion(&fields, &times))
        case "createMany": return .createMany(try jobs("jobs", &fields, &times))
        case "approve": return .approve(try fields.jobs("jobs"))
        case "reject": return .reject(try fields.jobs("jobs"))
        case "update": return .update(try fields.job("job"), try JobChange(&fields, &times))
        case "hold": return .hold(try fields.jobs("jobs"))
        case "unhold": return .unhold(try fields.jobs("jobs"))
        case "redrive":
            let jobs = try fields.jobs("jobs")
            let patch = fields.holds("payload") ? try Payload(&fields) : nil
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
            return .addPoints(job, series: series, points: try Point.list(&fields, &times, now: at))
        default: return try work(name, &fields)
        }
    }

    private static func work(
        _ name: String,
        _ fields: inout JSONFields
    ) throws(FieldProblem) -> ScriptedCommand {
        switch name {
        case "dispatch": return .dispatch(try DispatchRequest(&fields))
        case "start":
            let job = try fields.job("job")
            let worker = try fields.requiredText("worker")
            return .start(job, worker: worker, lease: try fields.span("lease"))
        case "heartbeat": return .heartbeat(try fields.job("job"), try JobProgress(&fields))
        case "snooze": return .snooze(try fields.job("job"), for: try fields.requiredSpan("for"))
        case "release": return .release(try fields.job("job"))
        case "complete": return .complete(try fields.job("job"), result: Payload(result: &fields))
        case "completeMany": return .completeMany(try results(&fields))
        case "fail": return .fail(try fields.job("job"), try Failure(&fields))
        default: return try operation(name, &fields)
        }
    }

    private static func operation(
        _ name: String,
        _ fields: inout JSONFields
    ) throws(FieldProblem) -> ScriptedCommand {
        switch name {
        case "registerWorker": return .registerWorker(try WorkerSpecification(&fields))
        case "drainWorker": return .drainWorker(name: try fields.requiredText("name"))
        case "configureQueue": return .configureQueue(try QueueSpecification(&fields))
        case "setQueueStatus":
            let name = try fields.requiredText("name")
            guard let status = try fields.choice("status", QueueStatus.allCases, \.name) else {
                throw fields.problem("status", "is missing")
            }
            return .setQueueStatus(name: name, status)
        case "registerMachine": return .registerMachine(try MachineSpecification(&fields))
        case "setMachineStatus": return try machineStatus(&fields)
        default: throw fields.problem("command", "\"\(name)\" is not a command")
        }
    }

    /// A job of its own, or one with tasks.
    private static func created(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand {
        var job = try ScriptedJobReader.job(&fields, &times)
        guard fields.holds("tasks") else { return .create(job) }
        let rule = try fields.choice("onTaskFailure", ParentFailureRule.allCases, \.name)
        job.specification.onTaskFailure = rule ?? job.specification.onTaskFailure
        return .create(job, tasks: try jobs("tasks", &fields, &times))
    }

    private static func jobs(
        _ name: String,
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> [ScriptedCommand.NewJob] {
        var jobs: [ScriptedCommand.NewJob] = []
        for var object in try fields.objects(name) {
            jobs.append(try ScriptedJobReader.job(&object, &times))
            try object.finish()
        }
        return jobs
    }

    private static func results(_ fields: inout JSONFields) throws(FieldProblem) -> [ScriptedCommand.Result] {
        var results: [ScriptedCommand.Result] = []
        for var object in try fields.objects("jobs") {
            let job = try object.job("job")
            results.append(ScriptedCommand.Result(job: job, payload: Payload(result: &object)))
            try object.finish()
        }
        return results
    }

    /// One `job`, or several `jobs`.
    private static func cancelled(_ fields: inout JSONFields) throws(FieldProblem) -> [JobReference] {
        if fields.holds("jobs") { return try fields.jobs("jobs") }
        return [try fields.job("job")]
    }

    private static func machineStatus(_ fields: inout JSONFields) throws(FieldProblem) -> ScriptedCommand {
        let name = try fields.requiredText("name")
        switch try fields.requiredText("status") {
        case "available": return .setMachineStatus(name: name, .available)
        case "cordoned": return .setMachineStatus(name: name, .cordoned)
        case "maintenance": return .setMachineStatus(name: name, .maintenance)
        default: throw fields.problem("status", "must be available, cordoned or maintenance")
        }
    }
}
