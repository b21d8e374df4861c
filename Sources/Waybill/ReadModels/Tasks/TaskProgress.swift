public import Orchestration

/// How far the tasks of one job have come.
public struct TaskProgress: Sendable, Hashable {
    /// The numbers of the tasks.
    public let jobs: ClosedRange<JobID>
    /// Blocked, scheduled or ready.
    public private(set) var waiting = 0
    /// Tasks that a worker has.
    public private(set) var running = 0
    /// Tasks that succeeded.
    public private(set) var succeeded = 0
    /// Tasks that died, and were not redriven.
    public private(set) var dead = 0
    /// Tasks that were cancelled.
    public private(set) var cancelled = 0

    /// All of them.
    public var total: Int { Int(jobs.upperBound.rawValue - jobs.lowerBound.rawValue) + 1 }

    /// `count` is at least 1.
    init(of parent: JobID, count: UInt32) {
        jobs = JobID(parent.rawValue + 1)...JobID(parent.rawValue + UInt64(count))
    }

    mutating func note(_ state: JobState, _ change: Int) {
        switch state {
        case .proposed, .blocked, .scheduled, .ready: waiting += change
        case .running: running += change
        case .succeeded: succeeded += change
        case .dead: dead += change
        case .cancelled: cancelled += change
        }
    }
}
