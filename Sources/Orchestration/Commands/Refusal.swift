/// Why a command was refused.
///
/// A refused command leaves no event.
public enum Refusal: Error, Sendable, Hashable {
    /// There never was such a job, or it is pruned.
    case notFound(JobID)
    /// Nobody registered the machine.
    case machineNotFound(Name)
    /// Another machine has the name.
    case machineExists(Name)
    /// Nobody registered the worker, and it never had a lease.
    case workerNotFound(Name)
    /// Nobody configured the queue or put a job into it.
    case queueUnknown(Name)
    /// The queue takes no new jobs.
    case queueDraining(Name)
    /// A job has the same unique key.
    case duplicate(of: JobID)
    /// The suggestion was approved, rejected or expired before.
    case alreadyDecided(JobID, JobState)
    /// The job is in a terminal state.
    case alreadyEnded(JobID, JobState)
    /// The job is not running, so there is nothing to complete or fail.
    case notRunning(JobID, JobState)
    /// The command is for jobs in other states.
    case wrongState(JobID, JobState, needs: [JobState])
    /// The job is kept from being dispatched.
    case held(JobID)
    /// The queue, or the job's concurrency key in it, has as many running jobs as it may.
    case limitReached(queue: Name)
    /// The worker drains, or all its slots are taken.
    case workerIsFull(Name)
    /// The machine that the job is pinned to has no room for it, takes no jobs, or is unknown.
    case noCapacity(JobID, machine: Name)
    /// Somebody approved the payload that is to be replaced.
    case approvalNeeded(JobID)
    /// The job's payload can't be read back from the log any more.
    case payloadGone(JobID)
    /// The idempotency key was used with another command.
    case keyReused(Name)
    /// As many idempotency keys are remembered as may be, and this actor holds most of them; nothing was done. Its oldest
    /// falls due after the wait.
    case tooManyKeys(wait: TimeSpan)
    /// The token is not the newest of a running job.
    case leaseLost(LeaseToken)
    /// The job has changed since the caller saw it: ``CommandContext/expectedVersion`` isn't its version.
    case versionConflict(JobID, expected: UInt64, actual: UInt64)
    /// A payload or result is over the limit.
    case payloadTooLarge(field: String, bytes: Int, limit: Int)
    /// `bytes` were encoded when the limit was passed; all of it may take more.
    case commandTooLarge(bytes: Int, limit: Int)
    /// A field of the command is out of its range; says which and what is allowed.
    case invalid(field: String, problem: String)
    /// Why a whole ``CommandGroup`` was refused, where one of its commands is the reason: which, from 0.
    indirect case member(Int, Refusal)
}

extension Refusal {
    /// The same of a field that stands inside another one, or inside an item of a list, such as `tasks[2]`.
    func under(_ outer: String) -> Refusal {
        switch self {
        case .invalid(let field, let problem): .invalid(field: "\(outer).\(field)", problem: problem)
        case .payloadTooLarge(let field, let bytes, let limit):
            .payloadTooLarge(field: "\(outer).\(field)", bytes: bytes, limit: limit)
        default: self
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .notFound(let job): "there is no job \(job)"
        case .machineNotFound(let name): "there is no machine \(name)"
        case .machineExists(let name): "there is a machine \(name) already"
        case .workerNotFound(let name): "there is no worker \(name)"
        case .queueUnknown(let name): "there is no queue \(name)"
        case .queueDraining(let name): "queue \(name) is draining and takes no new jobs"
        case .duplicate(let job): "job \(job) has the same unique key"
        case .alreadyDecided(let job, let state): "suggestion \(job) was decided before: it is \(state)"
        case .alreadyEnded(let job, let state): "job \(job) has ended: it is \(state)"
        case .notRunning(let job, let state): "job \(job) is not running: it is \(state)"
        case .wrongState(let job, let state, let needed):
            "job \(job) is \(state), and has to be \(needed.map { "\($0)" }.joined(separator: " or "))"
        case .held(let job): "job \(job) is held; unhold it first"
        case .limitReached(let queue): "queue \(queue), or the job's key in it, runs as many jobs as it may"
        case .workerIsFull(let name): "worker \(name) drains or has no slot left"
        case .noCapacity(let job, let machine): "machine \(machine) has no room for job \(job)"
        case .approvalNeeded(let job):
            "the payload of job \(job) was approved; who replaces it needs the right to approve"
        case .payloadGone(let job): "the payload of job \(job) is not in the log any more"
        case .keyReused(let key):
            "idempotency key \(key) was used for another command; take a new key for a new command"
        case .tooManyKeys(let wait):
            "no more idempotency keys are remembered; the oldest of this actor falls due in "
                + "\((wait.nanoseconds + 999_999_999) / 1_000_000_000) s"
        case .leaseLost(let token): "lease \(token) is lost: it expired, ended, or was never given"
        case .versionConflict(let job, let expected, let actual):
            "job \(job) is at version \(actual), not \(expected); read it again"
        case .payloadTooLarge(let field, let bytes, let limit):
            "\(field) has \(bytes) bytes, over the limit of \(limit)"
        case .commandTooLarge(let bytes, let limit):
            "the command's events take \(bytes) bytes or more and the limit is \(limit); split it"
        case .invalid(let field, let problem): "\(field) \(problem)"
        case .member(let index, let refusal): "command \(index) of the group, counted from 0: \(refusal)"
        }
    }
}
