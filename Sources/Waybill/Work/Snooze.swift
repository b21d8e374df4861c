public import Orchestration

/// What a worker's closure throws to get the job back later: the attempt isn't counted.
public struct Snooze: Error, Sendable, Hashable {
    /// Positive.
    public var span: TimeSpan

    /// The job is ready again when so much time has passed.
    public init(for span: TimeSpan) {
        self.span = span
    }
}
