/// The dispatch decision, with what was weighed.
public struct JobDispatched: Sendable, Hashable {
    /// The job that is running now.
    public var job: JobID
    /// The token of its lease.
    public var token: LeaseToken
    /// Who holds the lease.
    public var worker: String
    /// The machine that the job is charged to; nil for none.
    public var machine: String?
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
        worker: String,
        machine: String?,
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
