/// One job in the hands of one worker until the deadline.
public struct Lease: Sendable, Hashable {
    public var job: JobID
    public var token: LeaseToken
    public var deadline: Timestamp
    /// From 1.
    public var attempt: UInt32
    public var machine: String?
    public var specification: JobSpecification
    /// W3C `traceparent` of the command that created the job, or last redrove it: what the work is a part of.
    public var traceparent: String?

    public init(
        job: JobID,
        token: LeaseToken,
        deadline: Timestamp,
        attempt: UInt32,
        machine: String?,
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
