/// How long finished jobs of a queue are shown; nil keeps them for good.
///
/// A dead job that is discarded keeps the time of its death. A job that is pruned is gone from read models and stays in the log. What changes here concerns the jobs that finish
/// from then on.
public struct Retention: Sendable, Hashable {
    /// Of jobs that succeeded.
    public var succeeded: TimeSpan?
    /// Of dead jobs.
    public var dead: TimeSpan?
    /// Of cancelled jobs.
    public var cancelled: TimeSpan?

    /// Keeps for good what isn't named.
    public init(succeeded: TimeSpan? = nil, dead: TimeSpan? = nil, cancelled: TimeSpan? = nil) {
        self.succeeded = succeeded
        self.dead = dead
        self.cancelled = cancelled
    }

    func span(_ state: JobState) -> TimeSpan? {
        switch state {
        case .succeeded: succeeded
        case .dead: dead
        case .cancelled: cancelled
        default: nil
        }
    }
}
