/// Why an attempt failed.
public struct Failure: Sendable, Hashable {
    /// A short class of error, compared with ``RetryPolicy/nonRetryable``.
    public var type: String
    /// What happened, for people.
    public var message: String
    /// False ends the job whatever its policy says.
    public var isRetryable: Bool
    /// The delay before the next attempt, as the worker knows it better than the policy; nil leaves it to that.
    public var retryAfter: TimeSpan?

    /// A failure of a type; it is retried as the job's policy has it, unless otherwise said.
    public init(
        type: String,
        message: String = "",
        isRetryable: Bool = true,
        retryAfter: TimeSpan? = nil
    ) {
        self.type = type
        self.message = message
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }
}
