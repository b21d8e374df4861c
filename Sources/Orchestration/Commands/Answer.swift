/// What a command that was not refused gives back.
public enum Answer: Sendable, Hashable {
    case done
    case created(JobID)
    case createdMany([JobID])
    /// What was dispatched; empty when nothing was suitable.
    case leases([Lease])
    /// One for each item of a `completeMany`, in order; nil is success.
    case outcomes([Refusal?])
}

/// One job in the hands of one worker until the deadline.
public struct Lease: Sendable, Hashable {
    public var job: JobID
    public var token: LeaseToken
    public var deadline: Timestamp
    /// From 1.
    public var attempt: UInt32
    public var machine: String?
    public var specification: JobSpecification

    public init(
        job: JobID,
        token: LeaseToken,
        deadline: Timestamp,
        attempt: UInt32,
        machine: String?,
        specification: JobSpecification
    ) {
        self.job = job
        self.token = token
        self.deadline = deadline
        self.attempt = attempt
        self.machine = machine
        self.specification = specification
    }
}
