public import Orchestration

/// What a worker's closure throws to say how its attempt failed.
///
/// Any other error fails the attempt too: retryable, with the error's type and description.
public struct JobFailure: Error, Sendable, Hashable {
    /// A short class of error, compared with `RetryPolicy/nonRetryable`.
    public var type: Name
    /// What happened, for people.
    public var message: String
    /// False ends the job, whatever its policy says.
    public var isRetryable: Bool
    /// The delay before the next attempt; nil leaves it to the job's policy.
    public var retryAfter: TimeSpan?

    /// A failure of a type; it is retried as the job's policy has it, unless otherwise said.
    public init(type: Name, message: String = "", isRetryable: Bool = true, retryAfter: TimeSpan? = nil) {
        self.type = type
        self.message = message
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }
}

extension JobFailure: CustomStringConvertible {
    public var description: String { message.isEmpty ? type.text : "\(type): \(message)" }
}

/// What a worker's closure throws to get the job back later: the attempt isn't counted.
public struct Snooze: Error, Sendable, Hashable {
    /// Positive.
    public var span: TimeSpan

    /// The job is ready again when so much time has passed.
    public init(for span: TimeSpan) {
        self.span = span
    }
}
