public import Orchestration

/// Jobs with tasks, and how far these have come; a parent that has ended stays until it is pruned.
///
/// A parent costs about 100 bytes, a task nothing: its number says whose it is.
public actor TasksModel: Follower {
    static let place = ProjectionMask.tasks
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

    func fold(_ event: Event, _ step: JobDelta) {
        switch event.body {
        case .jobCreated(let job, let specification):
            if specification.taskCount > 0 {
                entries[job] = TaskProgress(of: job, count: specification.taskCount)
                parents.insert(job.rawValue)
            } else if let parent = specification.parent, let state = step.after {
                entries[parent]?.note(state, 1)
            }
        case .jobPruned(let job):
            // A task that is pruned stays counted as it ended.
            if entries.removeValue(forKey: job) != nil { parents.remove(job.rawValue) }
        default:
            guard step.isChange, let before = step.before, let after = step.after,
                let job = event.body.job, let parent = parent(of: job)
            else { return }
            entries[parent]?.note(before, -1)
            entries[parent]?.note(after, 1)
        }
    }
}
