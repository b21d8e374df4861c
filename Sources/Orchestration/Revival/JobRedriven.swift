/// A finished job begins anew, with no attempt counted.
public struct JobRedriven: Sendable, Hashable {
    /// The job.
    public var job: JobID
    /// What it is from here on.
    public var specification: JobSpecification
    /// A suggestion that was never approved waits for that again.
    public var isProposed: Bool

    /// A job that begins anew.
    public init(job: JobID, specification: JobSpecification, isProposed: Bool) {
        self.job = job
        self.specification = specification
        self.isProposed = isProposed
    }
}
