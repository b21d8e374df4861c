import Orchestration

/// Jobs with tasks.
extension Oracle {
    func births(_ job: JobSpecification, _ tasks: [JobSpecification]) throws(Refusal) -> [Begun] {
        try refuseVersion()
        if tasks.isEmpty || tasks.count + 1 > limits.commandItems { throw invalid("tasks") }
        if !job.after.isEmpty { throw invalid("after") }
        if job.runAt != nil { throw invalid("runAt") }
        if job.delay != nil { throw invalid("delay") }
        if job.onClash == .existing { throw invalid("onClash") }
        for (index, task) in tasks.enumerated() where task.onClash == .existing {
            throw invalid("tasks[\(index)].onClash")
        }
        var parent = plain(job)
        parent.taskCount = UInt32(tasks.count)
        let number = JobID(UInt64(jobs.count + 1))
        let list = tasks.map { task in
            var task = plain(task)
            task.parent = number
            return task
        }
        return try birth([parent] + list, isProposed: false) { $0 == 0 ? "" : "tasks[\($0 - 1)]." }
    }

    func tasks(of parent: OracleJob) -> [OracleJob] {
        parent.taskCount == 0 ? [] : jobs.filter { $0.parent == parent.id }
    }

    /// By how the tasks stand now, whatever they were before; those that are still to be born are open.
    func weighTasks(of parent: OracleJob) {
        let first = parent.id.rawValue + 1
        parent.parents = Set((first..<first + UInt64(parent.taskCount)).map { JobID($0) })
        parent.fatalParents = []
        for task in tasks(of: parent) where !task.isOpen {
            if task.state == .succeeded || parent.taskRule == .ignore {
                parent.parents.remove(task.id)
            } else if parent.taskRule == .fail || task.isPruned {
                parent.fatalParents.append(task.id)
            }
        }
        parent.moment = now
    }

    /// A task has ended, or is open again.
    func countTask(_ task: OracleJob) {
        guard let id = task.parent, let parent = job(id), parent.isOpen else { return }
        weighTasks(of: parent)
    }

    func tally(of parent: OracleJob) -> TaskTally? {
        if parent.taskCount == 0 || parent.isPruned || parent.state == .succeeded { return nil }
        let ended = tasks(of: parent).filter { !$0.isOpen }
        let succeeded = ended.count { $0.state == .succeeded }
        return TaskTally(
            total: parent.taskCount,
            succeeded: succeeded,
            failed: ended.count - succeeded
        )
    }

    /// A parent never runs, so there is nothing to keep back or to put off.
    func refuse(_ change: JobChange, ofParent job: OracleJob) throws(Refusal) {
        if job.taskCount == 0 { return }
        if change.runAt != nil { throw invalid("runAt") }
        if change.isHeld != nil { throw invalid("isHeld") }
    }
}
