/// What a worker learns from its heartbeat.
public struct HeartbeatReply: Sendable, Hashable {
    /// The lease ends then, unless another heartbeat comes before.
    public var deadline: Timestamp
    /// Somebody cancelled the job: stop, and fail or release it; it is ended by force at the deadline.
    public var isCancelRequested: Bool
    /// The worker is to take nothing more, and to finish or release what it has.
    public var isDraining: Bool

    /// What the engine tells a worker.
    public init(deadline: Timestamp, isCancelRequested: Bool, isDraining: Bool) {
        self.deadline = deadline
        self.isCancelRequested = isCancelRequested
        self.isDraining = isDraining
    }
}

/// How far a running job says that it has come.
public struct JobProgress: Sendable, Hashable {
    /// 0…1; nil when it doesn't know.
    public var fraction: Double?
    /// A few words for people.
    public var message: String

    /// How far, and in a few words what is being done.
    public init(fraction: Double? = nil, message: String = "") {
        self.fraction = fraction
        self.message = message
    }
}
