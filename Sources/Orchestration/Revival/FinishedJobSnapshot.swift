/// A finished job as the log tells of it, brought back for a command that needs more than memory kept.
public struct FinishedJobSnapshot: Sendable, Hashable {
    /// How the job came about.
    public enum Origin: UInt8, CaseIterable, Sendable {
        /// It was created as a job.
        case created = 1
        /// A suggestion that somebody approved.
        case approved = 2
        /// A suggestion that never was.
        case proposed = 3
    }

    /// The job.
    public var job: JobID
    /// The job's last sequence when it was read: the command is refused when anything has happened since.
    public var version: UInt64
    /// As it was last, changes included.
    public var specification: JobSpecification
    /// How it came to be.
    public var origin: Origin

    package init(job: JobID, version: UInt64, specification: JobSpecification, origin: Origin) {
        self.job = job
        self.version = version
        self.specification = specification
        self.origin = origin
    }
}
