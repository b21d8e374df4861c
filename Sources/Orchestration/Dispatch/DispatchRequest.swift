/// A worker's request for work.
public struct DispatchRequest: Sendable, Hashable {
    /// Who asks; its registration, if there is one, bounds what it is given.
    public var worker: Name
    /// Empty takes from every queue that the worker is registered for, or from all.
    public var queues: [Name]
    /// Empty takes every kind that the worker is registered for, or all.
    public var kinds: [Name]
    /// At most this many leases; at least 1.
    public var max: Int
    /// The machine that the worker runs on; jobs without a machine of their own are charged to it.
    public var machine: Name?
    /// How long the engine keeps the request while nothing is suitable; the decision itself knows no waiting.
    public var wait: TimeSpan

    /// A request by a worker, for one job of any queue unless more is said.
    public init(
        worker: Name,
        queues: [Name] = [],
        kinds: [Name] = [],
        max: Int = 1,
        machine: Name? = nil,
        wait: TimeSpan = .zero
    ) {
        self.worker = worker
        self.queues = queues
        self.kinds = kinds
        self.max = max
        self.machine = machine
        self.wait = wait
    }
}

/// The dispatch decision, with what was weighed.
public struct JobDispatched: Sendable, Hashable {
    /// The job that is running now.
    public var job: JobID
    /// The token of its lease.
    public var token: LeaseToken
    /// Who holds the lease.
    public var worker: Name
    /// The machine that the job is charged to; nil for none.
    public var machine: Name?
    /// From 1, crashes included.
    public var attempt: UInt32
    /// When the lease ends without a heartbeat.
    public var deadline: Timestamp
    /// How the job was chosen.
    public var policy: DispatchPolicy
    /// Jobs that were ready in the queues asked for.
    public var candidates: UInt64
    /// Since it became ready.
    public var wait: TimeSpan

    /// A decision with what it was made of.
    public init(
        job: JobID,
        token: LeaseToken,
        worker: Name,
        machine: Name?,
        attempt: UInt32,
        deadline: Timestamp,
        policy: DispatchPolicy,
        candidates: UInt64,
        wait: TimeSpan
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
