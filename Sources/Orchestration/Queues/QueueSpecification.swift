/// How a queue gives out its jobs.
///
/// A queue that nobody configured has no limits.
public struct QueueSpecification: Sendable, Hashable {
    /// What jobs name it by.
    public var name: String
    /// Jobs of the queue that may run at once; nil for any number.
    public var concurrency: UInt32?
    /// Jobs with one concurrency key that may run at once; nil for any number.
    public var keyConcurrency: UInt32?
    /// How many jobs may start in a time; nil for any number.
    public var rate: Rate?
    /// ``DispatchPolicy/fifo`` or ``DispatchPolicy/priority``.
    public var policy: DispatchPolicy
    /// How long a job waits to be worth one step of priority more.
    ///
    /// A job of priority p is overtaken only by jobs that were created less than (q − p) × aging after it, q being their
    /// priority: that bounds how long it can starve. A change concerns the jobs that become ready from then on.
    public var aging: TimeSpan
    /// How long its finished jobs are shown.
    public var retention: Retention

    /// A queue; what isn't named has no limit, and the order is by priority.
    public init(
        name: String,
        concurrency: UInt32? = nil,
        keyConcurrency: UInt32? = nil,
        rate: Rate? = nil,
        policy: DispatchPolicy = .priority,
        aging: TimeSpan = .seconds(600),
        retention: Retention = Retention()
    ) {
        self.name = name
        self.concurrency = concurrency
        self.keyConcurrency = keyConcurrency
        self.rate = rate
        self.policy = policy
        self.aging = aging
        self.retention = retention
    }

    /// The place in the dispatch order, in microseconds: a step of priority is worth as much as ``aging`` of waiting.
    ///
    /// It doesn't change while the job waits, for all jobs age alike.
    func rank(_ priority: Int32, since time: Timestamp) -> Int64 {
        let born = time.nanoseconds / 1000
        guard policy == .priority, priority != 0 else { return born }
        let (worth, overflow) = (aging.nanoseconds / 1000).multipliedReportingOverflow(by: Int64(priority))
        if overflow { return priority > 0 ? .min : .max }
        let (rank, isFar) = born.subtractingReportingOverflow(worth)
        return isFar ? (worth > 0 ? .min : .max) : rank
    }
}

/// Whether a queue takes and gives jobs.
public enum QueueStatus: UInt8, CaseIterable, Sendable {
    /// Takes jobs and gives them.
    case open = 1
    /// Takes jobs and gives none.
    case paused = 2
    /// Takes no new jobs and gives what it holds.
    case draining = 3
}
