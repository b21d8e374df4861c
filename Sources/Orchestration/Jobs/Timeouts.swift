/// How long things may last.
public struct Timeouts: Hashable, Sendable {
    /// A lease's length, anew with each heartbeat; a worker that is asked to stop has what is left of it.
    public var lease: TimeSpan
    /// Of one attempt: one that runs longer has failed.
    ///
    /// No heartbeat and no restart extends it.
    public var run: TimeSpan?
    /// From creation, approval or redrive to the end: a job that runs then is dead, one that waits expires.
    public var total: TimeSpan?

    /// A lease of a minute, and no other bound, unless otherwise said.
    public init(lease: TimeSpan = .seconds(60), run: TimeSpan? = nil, total: TimeSpan? = nil) {
        self.lease = lease
        self.run = run
        self.total = total
    }
}
