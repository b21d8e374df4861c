/// One fact in the log: the envelope and what happened.
public struct Event: Sendable, Hashable {
    /// Place in the log, from 1, without gaps.
    public var sequence: UInt64
    public var time: Timestamp
    /// The sequence of the first event of the command that caused this one.
    public var command: UInt64
    /// The sequence of the event that this one follows from; 0 when a command or a timer is the cause.
    public var cause: UInt64
    public var context: CommandContext
    public var links: BackLinks
    public var body: Body

    public init(
        sequence: UInt64,
        time: Timestamp,
        command: UInt64,
        cause: UInt64 = 0,
        context: CommandContext,
        links: BackLinks = BackLinks(),
        body: Body
    ) {
        self.sequence = sequence
        self.time = time
        self.command = command
        self.cause = cause
        self.context = context
        self.links = links
        self.body = body
    }
}

/// For each subject that an event touches, the sequence of that subject's previous event; 0 where it is the first.
///
/// A history is walked backwards along these, and its completeness can be shown.
public struct BackLinks: Sendable, Hashable {
    public var job: UInt64
    public var worker: UInt64
    public var machine: UInt64

    public init(job: UInt64 = 0, worker: UInt64 = 0, machine: UInt64 = 0) {
        self.job = job
        self.worker = worker
        self.machine = machine
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
        case jobDue(JobID)
        case jobDispatched(JobDispatched)
        case jobSucceeded(JobID, LeaseToken, result: Payload)
        case attemptFailed(JobID, LeaseToken, Failure)
        case jobRetried(JobRetried)
        case jobDied(JobID, reason: String)
        case leaseExpired(JobID, LeaseToken)
        case jobCancelled(JobID, CancellationReason)
        case jobCancelRequested(JobID, deadline: Timestamp)
        case pointsAdded(JobID, series: String, points: [Point])
        case machineRegistered(MachineSpecification)
        case machineStatusSet(name: String, MachineStatus)
    }
}

/// A serving process began an epoch.
///
/// Live leases are re-armed from its time.
public struct EngineOpened: Sendable, Hashable {
    public var epoch: UInt64
    public var clock: ClockKind

    public init(epoch: UInt64, clock: ClockKind) {
        self.epoch = epoch
        self.clock = clock
    }
}

public enum ClockKind: UInt8, CaseIterable, Sendable {
    case wall = 1
    case virtual = 2
}

/// A torn tail that was never promised was copied aside and cut.
public struct LogQuarantined: Sendable, Hashable {
    /// Name of the copy inside `quarantine/`.
    public var file: String
    public var bytes: UInt64

    public init(file: String, bytes: UInt64) {
        self.file = file
        self.bytes = bytes
    }
}

/// The dispatch decision, with what was weighed.
public struct JobDispatched: Sendable, Hashable {
    public var job: JobID
    public var token: LeaseToken
    public var worker: String
    public var machine: String?
    /// From 1, crashes included.
    public var attempt: UInt32
    public var deadline: Timestamp
    public var policy: DispatchPolicy
    /// Jobs that were ready in the queues asked for.
    public var candidates: UInt64
    /// Since it became ready.
    public var wait: Span

    public init(
        job: JobID,
        token: LeaseToken,
        worker: String,
        machine: String?,
        attempt: UInt32,
        deadline: Timestamp,
        policy: DispatchPolicy,
        candidates: UInt64,
        wait: Span
    ) {
        self.job = job
        self.token = token
        self.worker = worker
        self.machine = machine
        self.attempt = attempt
        self.deadline = deadline
        self.policy = policy
        self.candidates = candidates
        self.wait = wait
    }
}

public enum DispatchPolicy: UInt8, CaseIterable, Sendable {
    /// Highest priority, then oldest; the head waits until it fits.
    case fifo = 1
}

/// A failed or crashed attempt will be tried again at `due`.
public struct JobRetried: Sendable, Hashable {
    public var job: JobID
    public var due: Timestamp
    /// The delay before jitter.
    public var backoff: Span
    /// What the jitter took away from it.
    public var jitter: Span

    public init(job: JobID, due: Timestamp, backoff: Span, jitter: Span) {
        self.job = job
        self.due = due
        self.backoff = backoff
        self.jitter = jitter
    }
}
