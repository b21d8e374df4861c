/// A live job, as a value to look at.
public struct Job: Sendable, Hashable {
    /// Its number.
    public let id: JobID
    /// Where it is in its life.
    public let state: JobState
    /// What its creator said, with the updates since.
    public let specification: JobSpecification
    /// The sequence of its last event; what `expectedVersion` is compared with.
    public let lastSequence: UInt64
    /// Started so far, crashes included.
    public let attempts: UInt32
    /// Attempts that failed, since the last redrive.
    public let failures: UInt32
    /// Attempts whose lease was lost, since the last redrive.
    public let crashes: UInt32
    /// While running: the lease, who holds it, and the machine that is charged.
    public let token: LeaseToken?
    /// Who holds the lease.
    public let worker: String?
    /// The machine that it is charged to while it runs.
    public let machine: String?
    /// While running: when the lease ends, or when a cancellation is forced.
    public let deadline: Timestamp?
    /// While running: when the worker was last heard of since the lease began and this process opened the log.
    public let lastHeartbeat: Timestamp?
    /// Whether its worker was asked to stop.
    public let isCancelRequested: Bool
    /// Kept from being dispatched.
    public let isHeld: Bool
    /// Jobs that it still waits for.
    public let waitsFor: Int
    /// While scheduled: when it becomes ready.
    public let due: Timestamp?
    /// While ready: since when.
    public let readySince: Timestamp?
    package let series: [SeriesTally]
}
