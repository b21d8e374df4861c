package import Orchestration

/// A command whose jobs are named, not numbered yet.
package enum ScriptedCommand: Sendable, Hashable {
    /// The tasks are none for a job of its own.
    case create(NewJob, tasks: [NewJob] = [])
    case createMany([NewJob])
    case suggest(NewJob)
    case approve([JobReference])
    case reject([JobReference])
    case update(JobReference, JobChange)
    case hold([JobReference])
    case unhold([JobReference])
    case cancel([JobReference], isForced: Bool = false)
    case addPoints(JobReference, series: Name, points: [Point])
    case redrive([JobReference], patch: Payload?)
    case rerun(JobReference, ref: Name?)
    case discard([JobReference])
    case prune([JobReference])
    case dispatch(DispatchRequest)
    case start(JobReference, worker: Name, lease: TimeSpan?)
    case heartbeat(JobReference, JobProgress?)
    case complete(JobReference, result: Payload)
    case completeMany([Completion])
    case fail(JobReference, Failure)
    case snooze(JobReference, for: TimeSpan)
    case release(JobReference)
    case registerWorker(WorkerSpecification)
    case drainWorker(name: Name)
    case configureQueue(QueueSpecification)
    case setQueueStatus(name: Name, QueueStatus)
    case registerMachine(MachineSpecification)
    case setMachineStatus(name: Name, MachineStatus)

    package struct NewJob: Sendable, Hashable {
        /// The name under which later lines speak of it.
        package var ref: Name?
        /// Without the jobs that it waits for.
        package var specification: JobSpecification
        /// Those jobs.
        package var after: [JobReference] = []
    }

    package struct Completion: Sendable, Hashable {
        package var job: JobReference
        package var payload: Payload
    }

    /// The refs that this command introduces, in the order of the ids that its answer gives.
    package var newReferences: [Name?] {
        switch self {
        case .create(let job, let tasks): [job.ref] + tasks.map(\.ref)
        case .suggest(let job): [job.ref]
        case .createMany(let jobs): jobs.map(\.ref)
        case .rerun(_, let ref): [ref]
        default: []
        }
    }

    /// The jobs that it speaks of.
    var references: [JobReference] {
        switch self {
        case .create(let job, let tasks): job.after + tasks.flatMap(\.after)
        case .suggest(let job): job.after
        case .createMany(let jobs): jobs.flatMap(\.after)
        case .approve(let jobs), .reject(let jobs), .hold(let jobs), .unhold(let jobs), .cancel(let jobs, _),
            .redrive(let jobs, _), .discard(let jobs), .prune(let jobs):
            jobs
        case .update(let job, _), .addPoints(let job, _, _), .rerun(let job, _), .start(let job, _, _),
            .heartbeat(let job, _), .complete(let job, _), .fail(let job, _), .snooze(let job, _),
            .release(let job):
            [job]
        case .completeMany(let results): results.map(\.job)
        case .dispatch, .registerWorker, .drainWorker, .configureQueue, .setQueueStatus, .registerMachine,
            .setMachineStatus:
            []
        }
    }

    /// The field in which it names jobs.
    var referenceField: String {
        switch self {
        case .approve, .reject, .hold, .unhold, .redrive, .discard, .prune, .completeMany: "jobs"
        case .cancel(let jobs, _): jobs.count == 1 ? "job" : "jobs"
        case .create, .createMany, .suggest: "after"
        default: "job"
        }
    }

    /// Ended jobs that the log has to be asked about.
    var recalls: [JobReference] {
        switch self {
        case .redrive(let jobs, _): jobs
        case .rerun(let job, _): [job]
        default: []
        }
    }
}

/// How a script names a job: by its own `ref`, or by an id that the log already holds.
package enum JobReference: Sendable, Hashable {
    case name(Name)
    case id(JobID)

    /// The ref, if it is one.
    var name: Name? {
        if case .name(let name) = self { name } else { nil }
    }
}
