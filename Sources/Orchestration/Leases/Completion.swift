/// Who speaks for a running job: the bearer of a token, or whoever holds the job now.
public enum Holder: Sendable, Hashable {
    case lease(LeaseToken)
    case job(JobID)
}

/// One item of a `completeMany`.
public struct Completion: Sendable, Hashable {
    public var holder: Holder
    public var result: Payload

    public init(_ holder: Holder, result: Payload = Payload()) {
        self.holder = holder
        self.result = result
    }
}
