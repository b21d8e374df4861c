/// One fact in the log: the envelope and what happened.
public struct Event: Sendable, Hashable {
    /// Place in the log, from 1, without gaps.
    public var sequence: UInt64
    public var time: Timestamp
    /// The sequence of the first event of the command that caused this one, or of the ``CommandGroup`` that it came in.
    public var command: UInt64
    /// Which of a group's commands caused it, from 0; 0 as well for a command that came alone.
    public var member: UInt32
    /// The sequence of the event that this one follows from; 0 when a command or a timer is the cause.
    public var cause: UInt64
    public var context: CommandContext
    public var links: BackLinks
    public var body: Body

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
        case engineOpened(EngineOpened)
        case logQuarantined(LogQuarantined)
        case jobCreated(JobID, JobSpecification)
        case suggestionMade(JobID, JobSpecification)
        case suggestionApproved(JobID)
        case suggestionRejected(JobID)
        case jobExpired(JobID)
        case jobUnblocked(JobID)
        case jobDue(JobID)
        // Indirect what is large and rare: every event is as large as the largest.
        indirect case jobUpdated(JobID, JobChange)
        case jobDispatched(JobDispatched)
        case leaseRenewed(JobID, LeaseToken)
        case jobProgressed(JobID, LeaseToken, JobProgress)
        case jobSucceeded(JobID, LeaseToken, result: Payload)
        case attemptFailed(JobID, LeaseToken, Failure)
        case jobRetried(JobRetried)
        case jobDied(JobID, reason: String)
        case leaseExpired(JobID, LeaseToken, lastHeartbeat: Timestamp?)
        case jobSnoozed(JobID, LeaseToken, until: Timestamp)
        case jobReleased(JobID, LeaseToken)
        case jobCancelled(JobID, CancellationReason)
        case jobCancelRequested(JobID, deadline: Timestamp)
        case jobRedriven(JobRedriven)
        case jobDiscarded(JobID)
        case jobPruned(JobID)
        case pointsAdded(JobID, series: String, points: [Point])
        indirect case queueConfigured(QueueSpecification)
        case queueStatusSet(name: String, QueueStatus)
        case workerRegistered(WorkerSpecification)
        case workerDrained(name: String)
        case clockJumped(TimeSpan)
        case machineRegistered(MachineSpecification)
        case machineStatusSet(name: String, MachineStatus)
    }
}
