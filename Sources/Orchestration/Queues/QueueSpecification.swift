/// How a queue gives out its jobs.
///
/// A queue that nobody configured has no limits.
public struct QueueSpecification: Sendable, Hashable {
    /// What jobs name it by.
    public var name: Name
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
    /// priority: that bounds how long it can starve. A change puts the jobs that wait in the order that it makes.
    public var aging: TimeSpan
    /// How long its finished jobs are shown.
    public var retention: Retention

    /// A queue; what isn't named has no limit, and the order is by priority.
    public init(
        name: Name,
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

    /// Whether jobs stand in the same order as under the other one.
    func ranks(like other: QueueSpecification) -> Bool {
        policy == other.policy && (policy == .fifo || aging == other.aging)
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

/// How many jobs of a queue may start in a time.
public struct Rate: Sendable, Hashable {
    /// Starts per ``interval``; at least 1.
    public var starts: UInt32
    /// The time that the starts are counted in.
    public var interval: TimeSpan
    /// Starts that an idle queue saves up for later; at least 1.
    public var burst: UInt32

    /// So many starts in a time, evenly spread.
    public init(_ starts: UInt32, per interval: TimeSpan, burst: UInt32 = 1) {
        self.starts = starts
        self.interval = interval
        self.burst = burst
    }

    /// Nanoseconds between two tokens: rounded up, so that the rate is never exceeded.
    var spacing: Int64 {
        let (quotient, remainder) = interval.nanoseconds.quotientAndRemainder(dividingBy: Int64(starts))
        return quotient + (remainder > 0 ? 1 : 0)
    }
}

/// How long finished jobs of a queue are shown; nil keeps them for good.
///
/// A dead job that is discarded keeps the time of its death. A job that is pruned is gone from read models and stays in the log. What changes here concerns the jobs that finish
/// from then on.
public struct Retention: Sendable, Hashable {
    /// Of jobs that succeeded.
    public var succeeded: TimeSpan?
    /// Of dead jobs.
    public var dead: TimeSpan?
    /// Of cancelled jobs.
    public var cancelled: TimeSpan?

    /// Keeps for good what isn't named.
    public init(succeeded: TimeSpan? = nil, dead: TimeSpan? = nil, cancelled: TimeSpan? = nil) {
        self.succeeded = succeeded
        self.dead = dead
        self.cancelled = cancelled
    }

    func span(_ state: JobState) -> TimeSpan? {
        switch state {
        case .succeeded: succeeded
        case .dead: dead
        case .cancelled: cancelled
        default: nil
        }
    }
}

/// What decides which ready job of a queue is next.
///
/// The head of the order waits until it fits its machine, and nothing of its queue is taken before.
public enum DispatchPolicy: UInt8, CaseIterable, Sendable {
    /// Oldest creation or approval first, whatever the priorities.
    case fifo = 1
    /// Highest priority first, where waiting counts: see ``QueueSpecification/aging``.
    case priority = 2
    /// An operator named the job and the worker.
    case directed = 3
}
