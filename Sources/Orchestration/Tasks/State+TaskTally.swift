/// Counts tasks as they end, and begin anew.
///
/// Nothing is decided here. A parent whose tasks leave nothing open gets a timer that is due at once, and its end is an
/// event of its own.
extension State {
    mutating func beginTally(_ slot: UInt32) {
        let count = jobs[slot].terms.taskCount
        tasks[jobs[slot].id] = TaskRecord(total: count)
        jobs[slot].parents = ParentTally(pending: count)
    }

    /// A task has ended.
    mutating func countEnd(of parent: JobID, _ state: JobState, _ event: Event) {
        guard tasks[parent] != nil else { return }
        if state == .succeeded { tasks[parent]?.succeeded += 1 } else { tasks[parent]?.failed += 1 }
        weighTasks(of: parent, event)
    }

    /// A task that had died, or was cancelled, is open again.
    mutating func countRedrive(of parent: JobID, _ event: Event) {
        guard tasks[parent] != nil else { return }
        tasks[parent]?.failed -= 1
        weighTasks(of: parent, event)
    }

    /// What a redrive says of tasks has to be what is known of them.
    func checkRecount(_ redriven: JobRedriven, _ event: Event) throws(ApplyError) {
        let count = redriven.specification.taskCount
        if count > 0, redriven.isProposed || tasks[redriven.job]?.total != count {
            throw event.contradiction("job \(redriven.job) never had \(count) tasks")
        }
        if let parent = redriven.specification.parent, tasks[parent]?.failed == 0 {
            throw event.contradiction("no task of job \(parent) has failed")
        }
    }

    /// What the tally means for a parent that has not ended.
    mutating func weighTasks(of parent: JobID, _ event: Event) {
        guard let slot = jobs.slot(parent), let record = tasks[parent] else { return }
        let rule = jobs[slot].terms.onTaskFailure
        let before = jobs[slot].parents
        leave(slot)
        jobs[slot].parents.pending = record.pending(rule)
        jobs[slot].parents.failed =
            rule == .fail && record.failed > 0 ? failedTask(of: parent, record, before.failed) : 0
        enter(slot, .blocked, at: event.time)
        if !jobs[slot].parents.isDecided {
            tasks[parent]?.decision = 0
        } else if record.decision == 0 {
            tasks[parent]?.decision = event.sequence
        }
    }

    /// The one that was found before, unless it was redriven; else the first that is known to have failed.
    ///
    /// The parent's own number stands for tasks that were pruned.
    private func failedTask(of parent: JobID, _ record: TaskRecord, _ found: UInt64) -> UInt64 {
        if found != 0, found != parent.rawValue, jobs.slot(JobID(found)) == nil { return found }
        let failed = record.jobs(of: parent).first { task in
            jobs.entry(JobID(task))?.outcome.map { $0.state != .succeeded } ?? false
        }
        return failed ?? parent.rawValue
    }
}
