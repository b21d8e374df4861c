import Orchestration

/// How attempts ended that were begun in a queue, or by a worker.
///
/// What was cancelled while it ran is in none of these.
public struct AttemptTally: Sendable, Hashable {
    /// Attempts whose job succeeded.
    public private(set) var succeeded = 0
    /// The worker said so, or it ran too long.
    public private(set) var failed = 0
    /// The lease ended.
    public private(set) var crashed = 0
    /// Given back for some time.
    public private(set) var snoozed = 0
    /// Given back at once.
    public private(set) var released = 0

    /// Of nothing yet.
    public init() {}

    /// Successes among the attempts that succeeded, failed or crashed, 0…1; nil before the first.
    public var completionRate: Double? {
        let ended = succeeded + failed + crashed
        return ended > 0 ? Double(succeeded) / Double(ended) : nil
    }

    mutating func count(_ body: Event.Body) {
        switch body {
        // A job with tasks succeeds without an attempt.
        case .jobSucceeded(_, .absent, _): return
        case .jobSucceeded: succeeded += 1
        case .attemptFailed: failed += 1
        case .leaseExpired: crashed += 1
        case .jobSnoozed: snoozed += 1
        case .jobReleased: released += 1
        default: return
        }
    }
}
