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
    public let worker: Name?
    /// The machine that it is charged to while it runs.
    public let machine: Name?
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

/// What memory keeps of a job that ended; the rest is read back from the log.
package struct FinishedJob: Sendable, Hashable {
    /// ``JobState/succeeded``, ``JobState/dead`` or ``JobState/cancelled``.
    package let state: JobState
    /// Present when it was cancelled.
    package let reason: CancellationReason?
    /// The sequence of its last event, where its history begins when read backwards.
    package let lastSequence: UInt64
}

/// How far one series of a live job has come.
///
/// The values themselves are kept by read models.
package struct SeriesTally: Sendable, Hashable {
    package internal(set) var name: Name
    package internal(set) var count: UInt64
    /// The step of the last point that was added.
    package internal(set) var lastStep: UInt64
}
