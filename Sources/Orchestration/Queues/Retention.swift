/// How long finished jobs of a queue are shown; nil keeps them for good.
///
/// A dead job that is discarded keeps the time of its death. A job that is pruned is gone from read models and stays in the log. What changes here concerns the jobs that finish
/// from then on.
public struct Retention: Sendable, Hashable {
    public var succeeded: Span?
    public var dead: Span?
    public var cancelled: Span?

    public init(succeeded: Span? = nil, dead: Span? = nil, cancelled: Span? = nil) {
        self.succeeded = succeeded
        self.dead = dead
        self.cancelled = cancelled
    }

    func span(_ state: JobState) -> Span? {
        switch state {
        case .succeeded: succeeded
        case .dead: dead
        case .cancelled: cancelled
        default: nil
        }
    }
}
