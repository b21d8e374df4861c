/// One fact in the log: the envelope and what happened.
public struct Event: Sendable, Hashable {
    /// Place in the log, from 1, without gaps.
    public var sequence: UInt64
    /// The moment of the decision; never before the event in front of it.
    public var time: Timestamp
    /// The sequence of the first event of the command that caused this one, or of the ``CommandGroup`` that it came in.
    public var command: UInt64
    /// Which of a group's commands caused it, from 0; 0 as well for a command that came alone.
    public var member: UInt32
    /// The sequence of the event that this one follows from; 0 when a command or a timer is the cause.
    public var cause: UInt64
    /// Who asked for it; ``CommandContext/engine`` for timers.
    public var context: CommandContext
    /// The events before it of the same job, worker and machine.
    public var links: BackLinks
    /// What happened.
    public var body: Body

    /// An event as it stands in the log.
    public init(
        sequence: UInt64,
        time: Timestamp,
        command: UInt64,
        member: UInt32 = 0,
        cause: UInt64 = 0,
        context: CommandContext,
        links: BackLinks = BackLinks(),
        body: Body
    ) {
        self.sequence = sequence
        self.time = time
        self.command = command
        self.member = member
        self.cause = cause
        self.context = context
        self.links = links
        self.body = body
    }
}

extension Event {
    /// What happened.
    ///
    /// Everything that is not a pure function of the state before stands in it.
    public enum Body: Sendable, Hashable {
        /// A process began an epoch.
        case engineOpened(EngineOpened)
        /// An opening moved bytes aside that no one had promised.
        case logQuarantined(LogQuarantined)
        /// A job began.
        case jobCreated(JobID, JobSpecification)
        /// A job was suggested, and waits for a decision.
        case suggestionMade(JobID, JobSpecification)
        /// A command with an idempotency key was answered with a job that was there, and had the unique key.
        ///
        /// Nothing happened to the job: it is what the command is remembered by.
        case jobFound(JobID)
        /// A suggestion became a job.
        case suggestionApproved(JobID)
        /// A suggestion was turned down, and is a cancelled job.
        case suggestionRejected(JobID)
        /// A job still waited when it was no longer wanted, and is cancelled.
        case jobExpired(JobID)
        /// Everything that the job waited for has come.
        case jobUnblocked(JobID)
        /// The time that the job waited for has come.
        case jobDue(JobID)
        // Indirect what is large and rare: every event is as large as the largest.
        /// Somebody changed the job.
        indirect case jobUpdated(JobID, JobChange)
        /// A worker has the job.
        case jobDispatched(JobDispatched)
        /// The first heartbeat of a lease that an opening re-armed; others leave nothing in the log.
        case leaseRenewed(JobID, LeaseToken)
        /// The worker said how far the job is.
        case jobProgressed(JobID, LeaseToken, JobProgress)
        /// The job ended well.
        case jobSucceeded(JobID, LeaseToken, result: Payload)
        /// The worker said that the attempt failed.
        case attemptFailed(JobID, LeaseToken, Failure)
        /// Another attempt will follow, when its time has come.
        case jobRetried(JobRetried)
        /// The job ended without success, and may be redriven.
        case jobDied(JobID, reason: String)
        /// No heartbeat came in time: the attempt counts as a crash.
        case leaseExpired(JobID, LeaseToken, lastHeartbeat: Timestamp?)
        /// The worker gave the job back until a time; the attempt isn't counted.
        case jobSnoozed(JobID, LeaseToken, until: Timestamp)
        /// The worker gave the job back; the attempt isn't counted.
        case jobReleased(JobID, LeaseToken)
        /// The job ended because somebody, or a rule, wanted no more of it.
        case jobCancelled(JobID, CancellationReason)
        /// The worker of the job is asked to stop, and has until the deadline.
        case jobCancelRequested(JobID, deadline: Timestamp)
        /// A job that had ended begins anew.
        case jobRedriven(JobRedriven)
        /// A dead job is given up, and is cancelled.
        case jobDiscarded(JobID)
        /// A finished job is shown no more.
        case jobPruned(JobID)
        /// A curve of the job became longer.
        case pointsAdded(JobID, series: Name, points: [Point])
        /// A queue has these limits now.
        indirect case queueConfigured(QueueSpecification)
        /// A queue was opened, paused or drained.
        case queueStatusSet(name: Name, QueueStatus)
        /// A worker said what it takes.
        case workerRegistered(WorkerSpecification)
        /// A worker is given nothing more.
        case workerDrained(name: Name)
        /// Somebody believed a wall clock that had jumped ahead by so much.
        case clockJumped(TimeSpan)
        /// A machine has this capacity now.
        case machineRegistered(MachineSpecification)
        /// A machine was opened for jobs, or closed.
        case machineStatusSet(name: Name, MachineStatus)
    }
}

/// For each subject that an event touches, the sequence of that subject's previous event; 0 where it is the first.
///
/// A history is walked backwards along these, and its completeness can be shown.
public struct BackLinks: Sendable, Hashable {
    /// Of the event's job.
    public var job: UInt64
    /// Of the event's worker.
    public var worker: UInt64
    /// Of the event's machine.
    public var machine: UInt64

    /// Links to the events before, as far as there are any.
    public init(job: UInt64 = 0, worker: UInt64 = 0, machine: UInt64 = 0) {
        self.job = job
        self.worker = worker
        self.machine = machine
    }
}
