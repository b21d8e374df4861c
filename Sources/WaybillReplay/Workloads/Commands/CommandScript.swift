public import Orchestration

/// How a script names a job: by its own `ref`, or by an id that the log already holds.
public enum JobReference: Sendable, Hashable {
    case name(String)
    case id(JobID)
}

/// A command whose jobs are named, not numbered yet.
public enum ScriptedCommand: Sendable, Hashable {
    case create(NewJob)
    case createMany([NewJob])
    case suggest(NewJob)
    case approve([JobReference])
    case reject([JobReference])
    case dispatch(Dispatch)
    case complete(JobReference, result: Payload)
    case completeMany([Result])
    case fail(JobReference, Failure)
    case cancel(JobReference)
    case addPoints(JobReference, series: String, points: [Point])
    case registerMachine(MachineSpecification)
    case setMachineStatus(name: String, MachineStatus)

    public struct NewJob: Sendable, Hashable {
        /// The name under which later lines speak of it.
        public var ref: String?
        public var specification: JobSpecification
    }

    public struct Result: Sendable, Hashable {
        public var job: JobReference
        public var payload: Payload
    }

    /// The refs that this command introduces, in the order of the ids that its answer gives.
    public var newReferences: [String?] {
        switch self {
        case .create(let job), .suggest(let job): [job.ref]
        case .createMany(let jobs): jobs.map(\.ref)
        default: []
        }
    }

    /// The jobs that it speaks of.
    var references: [JobReference] {
        switch self {
        case .approve(let jobs), .reject(let jobs): jobs
        case .complete(let job, _), .fail(let job, _), .cancel(let job), .addPoints(let job, _, _): [job]
        case .completeMany(let results): results.map(\.job)
        default: []
        }
    }
}

/// A file of commands in the order in which they are given: by time, equal times in the order of the file.
///
/// One JSON object a line; blank lines are allowed, comments are not. Times (`at`, `runAt`, `expiresAt`, a point's
/// `time`) are seconds since the script's zero, or RFC 3339 texts, but one kind throughout; lengths are seconds.
/// A job that a line creates gets a `ref`, by which lines that come later in time name it; a job that is in the
/// log already is named by its number. A line with an unknown field, an unknown or repeated ref or a value out of
/// range is skipped and counted, with line and field named.
///
/// | `command` | fields (**required**) |
/// | --- | --- |
/// | all | **`at`**, **`command`**, `actor`, `reason`, `idempotencyKey`, `traceparent`, `expectedVersion` |
/// | `create` | `ref`, and the fields of a job below |
/// | `createMany` | **`jobs`**: list of objects like those of `create` |
/// | `suggest` | as `create`, and `source`, `confidence` (0…1) |
/// | `approve`, `reject` | **`jobs`**: list of refs |
/// | `dispatch` | **`worker`**, `queues`, `kinds`, `max` (1), `machine` |
/// | `complete` | **`job`**, `result` (any JSON) |
/// | `completeMany` | **`jobs`**: list of objects with **`job`**, `result` |
/// | `fail` | **`job`**, **`type`**, `message`, `retryable` (true) |
/// | `cancel` | **`job`** |
/// | `addPoints` | **`job`**, **`series`**, **`points`**: list of **`step`**, **`value`**, `time` (`at`) |
/// | `registerMachine` | **`name`**, **`cpuMillis`**, `memoryMegabytes`, `gpuDevices`, `gpuModel`, `labels`, `attributes` |
/// | `setMachineStatus` | **`name`**, **`status`**: `available`, `cordoned` or `maintenance` |
///
/// A job: **`kind`**, `queue`, `payload` (any JSON; with a `contentType` other than `application/json` a text),
/// `priority`, `runAt`, `expiresAt`, `tags`, `attributes`, `uniqueKey`, `concurrencyKey`, `fairnessKey`,
/// `fairnessWeight`, `requirements` (`cpuMillis`, `memoryMegabytes`, `gpuMillis`, `gpuDevices`, `gpuModels`,
/// `labels`, `machine`), `retry` (`maxAttempts`, `maxCrashes`, `base`, `factor`, `cap`, `jitter`, `nonRetryable`),
/// `timeouts` (`lease`, `run`, `total`). What is left out has the engine's default.
///
/// ```
/// {"at": 0, "command": "registerMachine", "name": "m1", "cpuMillis": 4000}
/// {"at": 1, "command": "create", "ref": "a", "kind": "render", "payload": {"frame": 7}}
/// {"at": 2.5, "command": "dispatch", "worker": "w1"}
/// {"at": 9, "command": "complete", "job": "a", "result": "done"}
/// ```
public struct CommandScript: Sendable {
    public struct Step: Sendable {
        /// Since the script's zero.
        public var at: Span
        /// The line that it stands on.
        public var line: Int
        public var context: CommandContext
        /// Times in it count from the script's own zero; ``CommandScript/command(of:epoch:resolving:)`` moves them.
        public var command: ScriptedCommand
    }

    public let steps: [Step]
    /// What the script's own times say at its zero: its first `at` where they are dates, else the Unix epoch.
    let zero: Timestamp

    /// A job is named that has no id, because the command that creates it was refused.
    public struct Unresolved: Error, Sendable, Hashable {
        public var ref: String
        public var line: Int

        public init(ref: String, line: Int) {
            self.ref = ref
            self.line = line
        }
    }

    /// The command as the engine takes it.
    ///
    /// - Parameters:
    ///   - epoch: what the virtual clock shows at zero.
    ///   - resolving: the id of the job that was created under a ref; nil where it has none.
    public func command(
        of step: Step,
        epoch: Timestamp,
        resolving: (String) -> JobID?
    ) throws(Unresolved) -> Command {
        func id(_ reference: JobReference) throws(Unresolved) -> JobID {
            switch reference {
            case .id(let id): return id
            case .name(let ref):
                guard let id = resolving(ref) else { throw Unresolved(ref: ref, line: step.line) }
                return id
            }
        }
        func ids(_ references: [JobReference]) throws(Unresolved) -> [JobID] {
            var result: [JobID] = []
            for reference in references { result.append(try id(reference)) }
            return result
        }
        let shift = epoch - zero
        switch step.command {
        case .create(let job): return .create(Self.moved(job, shift))
        case .createMany(let jobs): return .createMany(jobs.map { Self.moved($0, shift) })
        case .suggest(let job): return .suggest(Self.moved(job, shift))
        case .approve(let jobs): return .approve(try ids(jobs))
        case .reject(let jobs): return .reject(try ids(jobs))
        case .dispatch(let dispatch): return .dispatch(dispatch)
        case .complete(let job, let result): return .complete(.job(try id(job)), result: result)
        case .completeMany(let results):
            let jobs = try ids(results.map(\.job))
            return .completeMany(zip(jobs, results).map { Completion(.job($0), result: $1.payload) })
        case .fail(let job, let failure): return .fail(.job(try id(job)), failure)
        case .cancel(let job): return .cancel([try id(job)])
        case .addPoints(let job, let series, let points):
            let moved = points.map { Point(step: $0.step, time: $0.time + shift, value: $0.value) }
            return .addPoints(try id(job), series: series, points: moved)
        case .registerMachine(let machine): return .registerMachine(machine)
        case .setMachineStatus(let name, let status): return .setMachineStatus(name: name, status)
        }
    }

    private static func moved(_ job: ScriptedCommand.NewJob, _ shift: Span) -> JobSpecification {
        var specification = job.specification
        specification.runAt = specification.runAt.map { $0 + shift }
        specification.expiresAt = specification.expiresAt.map { $0 + shift }
        return specification
    }
}
