/// For each subject that an event touches, the sequence of that subject's previous event; 0 where it is the first.
///
/// A history is walked backwards along these, and its completeness can be shown.
public struct BackLinks: Sendable, Hashable {
    /// Of the event's job.
    public var job: UInt64
    /// Of the event's worker.
    public var worker: UInt64
    /// Of the event's machine.
    public var machine: UInt64

    /// Links to the events before, as far as there are any.
    public init(job: UInt64 = 0, worker: UInt64 = 0, machine: UInt64 = 0) {
        self.job = job
        self.worker = worker
        self.machine = machine
    }
}
