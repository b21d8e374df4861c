/// Everything that callers can ask of the engine to change.
///
/// A list is all or none, unless it says otherwise.
public enum Command: Sendable, Hashable {
    // Jobs that begin.
    /// A job; the answer is its number, or that of the job that has its unique key: see ``ClashRule/existing``.
    case create(JobSpecification)
    /// Several jobs; the answer is their numbers, in this order, with which of them were there before.
    case createMany([JobSpecification])
    /// A job that stays blocked until its tasks have ended, with the tasks.
    ///
    /// It succeeds when they have succeeded; ``JobSpecification/onTaskFailure`` says what becomes of it when one doesn't.
    /// The answer is ``Answer/createdMany(_:)`` with the job first: its number, and those of its tasks, are successive.
    /// When it expires or takes too long, its tasks go on under their own terms; when it is cancelled, they are too.
    case createWithTasks(JobSpecification, tasks: [JobSpecification])
    /// A job that waits for somebody to approve it.
    case suggest(JobSpecification)
    /// Several of these.
    case suggestMany([JobSpecification])
    /// Suggestions become jobs.
    case approve([JobID])
    /// Suggestions become cancelled jobs.
    case reject([JobID])

    // Jobs that wait or run.
    // Indirect what is large and rare: every command is as large as the largest.
    /// Changes a live job.
    indirect case update(JobID, JobChange)
    /// Keeps jobs that wait from being dispatched.
    case hold([JobID])
    /// Ends that.
    case unhold([JobID])
    /// Forced, a running job is cancelled at once; else its worker is asked to stop.
    case cancel([JobID], isForced: Bool = false)
    /// Adds points to a curve of a job; for a running job they are a heartbeat too.
    case addPoints(JobID, series: Name, points: [Point])

    // Jobs that ended.
    /// Lets dead and cancelled jobs begin anew under their own numbers.
    case redrive(Redrive)
    /// Creates a job like one that succeeded.
    case rerun(FinishedJobSnapshot)
    /// Dead jobs that nobody will redrive become cancelled.
    case discard([JobID])
    /// Finished jobs are shown no more.
    case prune([JobID])

    // Work.
    /// Leases the next jobs to a worker.
    case dispatch(DispatchRequest)
    /// Directed: this job for this worker, with a lease of this length or of the job's own.
    case start(JobID, worker: Name, lease: TimeSpan?)
    /// Extends a lease (``State/extend(by:at:)``), and says how far the job is.
    case heartbeat(LeaseToken, JobProgress?)
    /// A running job has succeeded.
    case complete(Holder, result: Payload)
    /// Independent of each other: an outcome each.
    case completeMany([Completion])
    /// An attempt has failed; the job's policy says what becomes of it.
    case fail(Holder, Failure)
    /// Gives a job back until a time has passed; the attempt isn't counted.
    case snooze(Holder, for: TimeSpan)
    /// Gives a job back at once; the attempt isn't counted.
    case release(Holder)

    // What jobs wait in, and what they run on.
    /// Says what a worker takes, or says it anew.
    case registerWorker(WorkerSpecification)
    /// A worker is given nothing more, until it registers again.
    case drainWorker(name: Name)
    /// Sets a queue's limits and order, all of them.
    indirect case configureQueue(QueueSpecification)
    /// Opens, pauses or drains a queue.
    case setQueueStatus(name: Name, QueueStatus)
    /// Says what a machine has, or says it anew; one that is new must have a name that no other has.
    case registerMachine(MachineSpecification, isNew: Bool = false)
    /// Opens a machine for jobs, or closes it.
    case setMachineStatus(name: Name, MachineStatus)
}

/// What a command that was not refused gives back.
public enum CommandResult: Sendable, Hashable {
    /// It is done, and there is nothing to tell.
    case done
    /// The number of the job.
    case created(JobID)
    /// Nothing was created: the job of this number was there before, and has the unique key.
    case existing(JobID)
    /// The numbers of the jobs, in the command's order; `existing` says at which places of it, from 0, nothing was
    /// created because a job had the unique key.
    case createdMany([JobID], existing: [Int] = [])
    /// What was dispatched; empty when nothing was suitable.
    case leases([Lease])
    /// One for each item of a `completeMany`, in order; nil is success.
    case outcomes([Refusal?])
    /// Until when the lease holds now, and what the worker should know.
    case heartbeat(HeartbeatReply)
}

/// Bytes with a content type; both empty when there is nothing.
public struct Payload: Sendable, Hashable {
    /// Whatever it is: the engine passes it on and never looks.
    public var bytes: [UInt8]
    /// What the bytes are, such as `application/json`; empty when nobody says.
    public var contentType: String

    /// Bytes, and what they are.
    public init(_ bytes: [UInt8] = [], contentType: String = "") {
        self.bytes = bytes
        self.contentType = contentType
    }
}
