/// Why an attempt failed.
public struct Failure: Sendable, Hashable {
    /// A short class of error, compared with ``RetryPolicy/nonRetryable``.
    public var type: String
    public var message: String
    /// False ends the job whatever its policy says.
    public var isRetryable: Bool

    public init(type: String, message: String = "", isRetryable: Bool = true) {
        self.type = type
        self.message = message
        self.isRetryable = isRetryable
    }
}
