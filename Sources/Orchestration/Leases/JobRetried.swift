/// A failed or crashed attempt will be tried again at `due`.
public struct JobRetried: Sendable, Hashable {
    public var job: JobID
    public var due: Timestamp
    /// The delay before jitter.
    public var backoff: TimeSpan
    /// What the jitter took away from it.
    public var jitter: TimeSpan

    public init(job: JobID, due: Timestamp, backoff: TimeSpan, jitter: TimeSpan) {
        self.job = job
        self.due = due
        self.backoff = backoff
        self.jitter = jitter
    }
}
