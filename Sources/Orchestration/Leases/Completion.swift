/// Who speaks for a running job: the bearer of a token, or whoever holds the job now.
public enum Holder: Sendable, Hashable {
    /// The bearer of this token: refused when the lease is lost.
    case lease(LeaseToken)
    /// Whoever holds this job: for people, and for clients that never had a token.
    case job(JobID)
}

/// One item of a `completeMany`.
public struct Completion: Sendable, Hashable {
    /// Whose job has succeeded.
    public var holder: Holder
    /// What it made.
    public var result: Payload

    /// A job that has succeeded, and its result.
    public init(_ holder: Holder, result: Payload = Payload()) {
        self.holder = holder
        self.result = result
    }
}
