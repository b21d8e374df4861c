/// A finished job begins anew, with no attempt counted.
public struct JobRedriven: Sendable, Hashable {
    public var job: JobID
    public var specification: JobSpecification
    /// A suggestion that was never approved waits for that again.
    public var isProposed: Bool

    public init(job: JobID, specification: JobSpecification, isProposed: Bool) {
        self.job = job
        self.specification = specification
        self.isProposed = isProposed
    }
}
