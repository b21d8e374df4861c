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
    public var wait: TimeSpan

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
