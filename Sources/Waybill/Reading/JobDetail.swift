public import Orchestration

/// One job, whole: what the state knows of an open one, what the log tells of one that ended.
public struct JobDetail: Sendable, Hashable {
    /// Its number.
    public let id: JobID
    /// As it is now, or was at the end, with its payload and with what updates and redrives made of it.
    public let specification: JobSpecification
    /// Where it is in its life.
    public let state: JobState
    /// Set when the state is `cancelled`.
    public let cancellation: CancellationReason?
    /// Attempts begun, crashes included; what was snoozed or released is not counted.
    public let attempts: UInt32
    /// Attempts that failed.
    public let failures: UInt32
    /// Attempts whose lease was lost.
    public let crashes: UInt32
    /// Who holds it while it runs, or held it when it succeeded or lost its last attempt.
    public let worker: Name?
    /// Where it runs, or ran last; nil when it was on no machine.
    public let machine: Name?
    /// The lease while it runs.
    public let token: LeaseToken?
    /// While it runs: when the lease ends, or when a cancellation is forced.
    public let deadline: Timestamp?
    /// Whether its worker was asked to stop.
    public let isCancelRequested: Bool
    /// Whether it is kept from being dispatched.
    public let isHeld: Bool
    /// Jobs that it still waits for.
    public let waitsFor: Int
    /// While it is scheduled: when it becomes ready.
    public let due: Timestamp?
    /// When it was created or suggested.
    public let createdAt: Timestamp
    /// When the state last changed.
    public let changedAt: Timestamp
    /// When it succeeded, died or was cancelled; nil for an open job.
    ///
    /// What was discarded died before.
    public let endedAt: Timestamp?
    /// The last event that touched it; what `expectedVersion` is compared with.
    public let version: UInt64
    /// The sequence of its first event.
    public let birth: UInt64
    /// Whether it began as a suggestion.
    public let wasSuggested: Bool
    /// While it runs: what its worker said last.
    public let progress: JobProgress?
    /// What came out of a job that succeeded.
    public let result: Payload?
    /// Why its last lost attempt failed; nil when that one crashed, none was lost, or the job succeeded.
    public let failure: Failure?
    /// Of a job that is dead, or was discarded.
    public let deathReason: String?
}

extension JobDetail {
    /// An open job: all that the state knows is of one moment.
    init(_ job: Job, _ hints: JobLogHints, progress: JobProgress?, failure: Failure?) {
        id = job.id
        specification = job.specification
        state = job.state
        cancellation = nil
        attempts = job.attempts
        failures = job.failures
        crashes = job.crashes
        worker = job.worker
        machine = job.machine ?? hints.machine
        token = job.token
        deadline = job.deadline
        isCancelRequested = job.isCancelRequested
        isHeld = job.isHeld
        waitsFor = job.waitsFor
        due = job.due
        createdAt = hints.createdAt
        changedAt = hints.changedAt
        endedAt = nil
        version = job.lastSequence
        birth = hints.birth
        wasSuggested = hints.wasSuggested
        self.progress = progress
        result = nil
        self.failure = failure
        deathReason = nil
    }

    /// A job that ended.
    init(
        _ id: JobID,
        _ outcome: FinishedJob,
        _ hints: JobLogHints,
        _ specification: JobSpecification,
        _ end: JobEndRecord,
        failure: Failure?
    ) {
        self.id = id
        self.specification = specification
        state = outcome.state
        cancellation = outcome.reason
        attempts = hints.attempts
        failures = hints.losses.failures
        crashes = hints.losses.crashes
        worker = end.worker
        machine = hints.machine
        token = nil
        deadline = nil
        isCancelRequested = false
        isHeld = false
        waitsFor = 0
        due = nil
        createdAt = hints.createdAt
        changedAt = hints.changedAt
        endedAt = end.time
        version = outcome.lastSequence
        birth = hints.birth
        wasSuggested = hints.wasSuggested
        progress = nil
        result = end.result
        self.failure = outcome.state == .succeeded ? nil : failure
        deathReason = end.deathReason
    }
}
