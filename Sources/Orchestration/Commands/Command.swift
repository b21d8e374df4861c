/// Everything that callers can ask of the engine to change.
///
/// A list is all or none, unless it says otherwise.
public enum Command: Sendable, Hashable {
    // Jobs that begin.
    case create(JobSpecification)
    case createMany([JobSpecification])
    /// A job that stays blocked until its tasks have ended, with the tasks.
    ///
    /// It succeeds when they have succeeded; ``JobSpecification/onTaskFailure`` says what becomes of it when one doesn't.
    /// The answer is ``Answer/createdMany(_:)`` with the job first: its number, and those of its tasks, are successive.
    /// When it expires or takes too long, its tasks go on under their own terms; when it is cancelled, they are too.
    case createWithTasks(JobSpecification, tasks: [JobSpecification])
    case suggest(JobSpecification)
    case suggestMany([JobSpecification])
    case approve([JobID])
    case reject([JobID])

    // Jobs that wait or run.
    // Indirect what is large and rare: every command is as large as the largest.
    indirect case update(JobID, JobChange)
    case hold([JobID])
    case unhold([JobID])
    /// Forced, a running job is cancelled at once; else its worker is asked to stop.
    case cancel([JobID], isForced: Bool = false)
    case addPoints(JobID, series: String, points: [Point])

    // Jobs that ended.
    case redrive(Redrive)
    case rerun(FinishedJobSnapshot)
    case discard([JobID])
    case prune([JobID])

    // Work.
    case dispatch(DispatchRequest)
    /// Directed: this job for this worker, with a lease of this length or of the job's own.
    case start(JobID, worker: String, lease: TimeSpan?)
    case heartbeat(LeaseToken, JobProgress?)
    case complete(Holder, result: Payload)
    /// Independent of each other: an outcome each.
    case completeMany([Completion])
    case fail(Holder, Failure)
    case snooze(Holder, for: TimeSpan)
    case release(Holder)

    // What jobs wait in, and what they run on.
    case registerWorker(WorkerSpecification)
    case drainWorker(name: String)
    indirect case configureQueue(QueueSpecification)
    case setQueueStatus(name: String, QueueStatus)
    case registerMachine(MachineSpecification)
    case setMachineStatus(name: String, MachineStatus)
}
