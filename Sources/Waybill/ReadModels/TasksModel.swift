public import Orchestration

/// Jobs with tasks, and how far these have come; a parent that has ended stays until it is pruned.
///
/// A parent costs about 100 bytes, a task nothing: its number says whose it is.
public actor TasksModel: Follower {
    static let mask = ProjectionMask.tasks
    let progress: ProjectionWatermark
    var folded: UInt64 = 0
    private var entries: [JobID: TaskProgress] = [:]
    private var parents = JobBitmap()

    init(_ progress: ProjectionWatermark) {
        self.progress = progress
    }

    /// Jobs with tasks that are not pruned.
    public var count: Int { entries.count }

    /// Nil for a job without tasks, and for one that was pruned.
    public subscript(parent: JobID) -> TaskProgress? { entries[parent] }

    /// The job that a job is a task of; nil for one that is none, and once the parent was pruned.
    public func parent(of task: JobID) -> JobID? {
        guard let number = parents.last(before: task.rawValue) else { return nil }
        let parent = JobID(number)
        return entries[parent]?.jobs.contains(task) == true ? parent : nil
    }

    func fold(_ event: Event, _ delta: JobDelta) {
        switch event.body {
        case .jobCreated(let job, let specification):
            if specification.taskCount > 0 {
                entries[job] = TaskProgress(of: job, count: specification.taskCount)
                parents.insert(job.rawValue)
            } else if let parent = specification.parent, let state = delta.after {
                entries[parent]?.count(state, 1)
            }
        case .jobPruned(let job):
            // A task that is pruned stays counted as it ended.
            if entries.removeValue(forKey: job) != nil { parents.remove(job.rawValue) }
        default:
            guard delta.isChange, let before = delta.before, let after = delta.after,
                let job = event.body.job, let parent = parent(of: job)
            else { return }
            entries[parent]?.count(before, -1)
            entries[parent]?.count(after, 1)
        }
    }
}

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

    mutating func count(_ state: JobState, _ change: Int) {
        switch state {
        case .proposed, .blocked, .scheduled, .ready: waiting += change
        case .running: running += change
        case .succeeded: succeeded += change
        case .dead: dead += change
        case .cancelled: cancelled += change
        }
    }
}
