/// A failed or crashed attempt will be tried again at `due`.
public struct JobRetried: Sendable, Hashable {
    /// The job.
    public var job: JobID
    /// When it is ready again.
    public var due: Timestamp
    /// The delay before jitter.
    public var backoff: TimeSpan
    /// What the jitter took away from it.
    public var jitter: TimeSpan

    /// A decision with what it was made of.
    public init(job: JobID, due: Timestamp, backoff: TimeSpan, jitter: TimeSpan) {
        self.job = job
        self.due = due
        self.backoff = backoff
        self.jitter = jitter
    }
}
