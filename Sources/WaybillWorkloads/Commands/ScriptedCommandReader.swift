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
        case "update":
            try fields.refuseNull("runAtMs")
            return .update(try fields.job("job"), try JobChange(&fields, &times))
        case "hold": return .hold(try fields.jobs("jobs"))
        case "unhold": return .unhold(try fields.jobs("jobs"))
        case "redrive":
            let jobs = try fields.jobs("jobs")
            return .redrive(jobs, patch: try Payload(patch: &fields))
        case "rerun": return .rerun(try fields.job("job"), ref: try fields.name("ref"))
        case "discard": return .discard(try fields.jobs("jobs"))
        case "prune": return .prune(try fields.jobs("jobs"))
        case "cancel":
            let jobs = try cancelled(&fields)
            return .cancel(jobs, isForced: try fields.flag("force") ?? false)
        case "addPoints":
            let job = try fields.job("job")
            let series = try fields.requiredName("series")
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
            let worker = try fields.requiredName("worker")
            return .start(job, worker: worker, lease: try fields.positiveMilliseconds("leaseMs"))
        case "heartbeat": return .heartbeat(try fields.job("job"), try JobProgress(&fields))
        case "snooze":
            return .snooze(try fields.job("job"), for: try fields.requiredPositiveMilliseconds("forMs"))
        case "release": return .release(try fields.job("job"))
        case "complete": return .complete(try fields.job("job"), result: try Payload(result: &fields))
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
        case "drainWorker": return .drainWorker(name: try fields.requiredName("worker"))
        case "configureQueue": return .configureQueue(try QueueSpecification(&fields))
        case "setQueueStatus":
            let name = try fields.requiredName("queue")
            return .setQueueStatus(
                name: name,
                try fields.requiredChoice("status", QueueStatus.allCases, \.name)
            )
        case "registerMachine": return .registerMachine(try MachineSpecification(&fields))
        case "setMachineStatus":
            let name = try fields.requiredName("machine")
            let status = try fields.requiredChoice("status", MachineStatus.allCases, \.name)
            return .setMachineStatus(name: name, status)
        default: throw fields.problem("command", "\"\(name)\" is not a command")
        }
    }

    /// A job of its own, or one with tasks.
    private static func created(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand {
        let job = try ScriptedJobReader.job(&fields, &times)
        guard fields.holds("tasks") else { return .create(job) }
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

    private static func results(_ fields: inout JSONFields) throws(FieldProblem) -> [ScriptedCommand
        .Completion]
    {
        var results: [ScriptedCommand.Completion] = []
        for var object in try fields.objects("jobs") {
            let job = try object.job("job")
            results.append(ScriptedCommand.Completion(job: job, payload: try Payload(result: &object)))
            try object.finish()
        }
        return results
    }

    /// One `job`, or several `jobs`.
    private static func cancelled(_ fields: inout JSONFields) throws(FieldProblem) -> [JobReference] {
        if fields.holds("jobs") { return try fields.jobs("jobs") }
        return [try fields.job("job")]
    }
}

/// From the fields of a line to a job that is to be created.
enum ScriptedJobReader {
    static func suggestion(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand.NewJob {
        var job = try job(&fields, &times)
        try job.specification.readSuggestion(&fields)
        return job
    }

    static func job(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand.NewJob {
        let ref = try fields.name("ref")
        if ref?.isEmpty == true { throw fields.problem("ref", "is empty") }
        try fields.checkUniqueKey()
        let specification = try JobSpecification(&fields, &times)
        let after = fields.holds("after") ? try fields.jobs("after") : []
        return ScriptedCommand.NewJob(ref: ref, specification: specification, after: after)
    }
}

extension JSONFields {
    /// A job: the text of a `ref`, or a number as an id.
    mutating func job(_ name: String) throws(FieldProblem) -> JobReference {
        try reference(try required(name).value, name)
    }

    mutating func jobs(_ name: String) throws(FieldProblem) -> [JobReference] {
        guard case .array(let values) = try required(name).value, !values.isEmpty else {
            throw problem(name, "must be a list of jobs")
        }
        var result: [JobReference] = []
        for value in values { result.append(try reference(value, name)) }
        return result
    }

    private func reference(_ value: JSONValue, _ name: String) throws(FieldProblem) -> JobReference {
        switch value {
        case .string(let text) where !text.isEmpty: return .name(Name(text))
        case .number(let text):
            if let id = UInt64(String(decoding: text, as: UTF8.self)), id > 0 { return .id(JobID(id)) }
        default: break
        }
        throw problem(name, "must be a ref or a job's number")
    }
}

/// The moments of a script: all are milliseconds since its zero, such as `atMs`, or all dates, such as `at`.
struct ScriptTimes: Moments {
    /// Unknown until the first time is read.
    private(set) var areDates: Bool?
    private let dates = Dates()

    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        if case .number? = fields.member(name)?.value {
            throw fields.problem(name, "must be an RFC 3339 time; milliseconds stand under \(name)Ms")
        }
        let counted = try fields.milliseconds(name + "Ms")
        let date = try dates.moment(name, &fields)
        guard counted != nil || date != nil else { return nil }
        if counted != nil, date != nil { throw fields.problem(name, "stands beside \(name)Ms; give one") }
        if let areDates, areDates != (date != nil) {
            throw fields.problem(name, "a script's moments are all milliseconds or all dates")
        }
        areDates = date != nil
        return date ?? counted.map { Timestamp.zero + $0 }
    }
}
