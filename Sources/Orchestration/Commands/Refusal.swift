/// Why a command was refused.
///
/// A refused command leaves no event.
public enum Refusal: Error, Sendable, Hashable {
    case notFound(JobID)
    case machineNotFound(String)
    /// An open job has the same unique key.
    case duplicate(of: JobID)
    /// The suggestion was approved, rejected or expired before.
    case alreadyDecided(JobID, JobState)
    /// The job is in a terminal state.
    case alreadyEnded(JobID, JobState)
    /// The job is not running, so there is nothing to complete or fail.
    case notRunning(JobID, JobState)
    /// The token is not the newest of a running job.
    case leaseLost(LeaseToken)
    case versionConflict(JobID, expected: UInt64, actual: UInt64)
    case payloadTooLarge(bytes: Int, limit: Int)
    case commandTooLarge(bytes: Int, limit: Int)
    /// A field of the command is out of its range; says which and what is allowed.
    case invalid(field: String, problem: String)
}
