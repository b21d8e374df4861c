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
    /// `bytes` were encoded when the limit was passed; all of it may take more.
    case commandTooLarge(bytes: Int, limit: Int)
    /// A field of the command is out of its range; says which and what is allowed.
    case invalid(field: String, problem: String)
}

extension Refusal: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .notFound(let job): "there is no job \(job)"
        case .machineNotFound(let name): "there is no machine \(name)"
        case .duplicate(let job): "job \(job) is open and has the same unique key"
        case .alreadyDecided(let job, let state): "suggestion \(job) was decided before: it is \(state)"
        case .alreadyEnded(let job, let state): "job \(job) has ended: it is \(state)"
        case .notRunning(let job, let state): "job \(job) is not running: it is \(state)"
        case .leaseLost(let token): "lease \(token) is lost: it expired, ended, or was never given"
        case .versionConflict(let job, let expected, let actual):
            "job \(job) is at version \(actual), not \(expected); read it again"
        case .payloadTooLarge(let bytes, let limit):
            "a payload of \(bytes) bytes is over the limit of \(limit)"
        case .commandTooLarge(let bytes, let limit):
            "the command's events take \(bytes) bytes or more and the limit is \(limit); split it"
        case .invalid(let field, let problem): "\(field) \(problem)"
        }
    }
}
