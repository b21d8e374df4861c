/// One job in the hands of one worker until the deadline.
public struct Lease: Sendable, Hashable {
    /// The job to do.
    public var job: JobID
    /// What the worker shows to complete it, fail it or keep it.
    public var token: LeaseToken
    /// When it ends, unless a heartbeat extends it.
    public var deadline: Timestamp
    /// From 1.
    public var attempt: UInt32
    /// The machine that the job is charged to; nil for none.
    public var machine: Name?
    /// What its creator said: payload, attributes and all.
    public var specification: JobSpecification
    /// W3C `traceparent` of the command that created the job, or last redrove it: what the work is a part of.
    public var traceparent: String?

    /// A lease as a dispatch gives it.
    public init(
        job: JobID,
        token: LeaseToken,
        deadline: Timestamp,
        attempt: UInt32,
        machine: Name?,
        specification: JobSpecification,
        traceparent: String? = nil
    ) {
        self.job = job
        self.token = token
        self.deadline = deadline
        self.attempt = attempt
        self.machine = machine
        self.specification = specification
        self.traceparent = traceparent
    }
}
