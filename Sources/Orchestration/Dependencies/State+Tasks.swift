/// A job with tasks stays blocked until they have decided how it ends; it is never dispatched itself.
extension State {
    /// How the tasks of a job stand; nil for a job without any, and for one that succeeded or was pruned.
    package func tasks(of job: JobID) -> TaskTally? { tasks[job]?.tally }

    /// A job and its tasks, all or none, with successive numbers.
    func create(
        _ specification: JobSpecification,
        tasks list: [JobSpecification],
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        try check(specification, tasks: list)
        var parent = specification.independent
        parent.taskCount = UInt32(list.count)
        var keys: [Name: JobID] = [:]
        let job = try birth(parent, isProposed: false, &keys, &builder).job
        var created = [job]
        created.reserveCapacity(list.count + 1)
        for (index, specification) in list.enumerated() {
            var task = specification.independent
            task.parent = job
            do throws(Refusal) {
                created.append(try birth(task, isProposed: false, &keys, &builder).job)
            } catch { throw error.under("tasks[\(index)]") }
        }
        return .createdMany(created)
    }

    private func check(_ specification: JobSpecification, tasks: [JobSpecification]) throws(Refusal) {
        if tasks.isEmpty { throw .invalid(field: "tasks", problem: "must not be empty") }
        if tasks.count >= limits.commandItems {
            throw .invalid(field: "tasks", problem: "has over \(limits.commandItems - 1) items")
        }
        if !specification.after.isEmpty {
            throw .invalid(field: "after", problem: "is for the tasks: a job with tasks waits for those")
        }
        if specification.runAt != nil {
            throw .invalid(field: "runAt", problem: "is for the tasks: a job with tasks never runs itself")
        }
        if specification.delay != nil {
            throw .invalid(field: "delay", problem: "is for the tasks: a job with tasks never runs itself")
        }
        let clash = Refusal.invalid(
            field: "onClash",
            problem: "is existing, and a job and its tasks begin together"
        )
        if specification.onClash == .existing { throw clash }
        if let index = tasks.firstIndex(where: { $0.onClash == .existing }) {
            throw clash.under("tasks[\(index)]")
        }
    }

    /// Whether the new job may be the parent, or the task, that it says it is.
    func checkKin(
        _ job: JobID,
        _ specification: JobSpecification,
        isProposed: Bool,
        _ event: Event
    ) throws(ApplyError) {
        let parent = specification.parent
        if specification.taskCount > 0, isProposed || parent != nil || !specification.after.isEmpty {
            throw event.contradiction("job \(job) can't have tasks")
        }
        guard let parent else { return }
        guard !isProposed, jobs.slot(parent) != nil, let record = tasks[parent],
            record.jobs(of: parent).contains(job.rawValue)
        else { throw event.contradiction("job \(job) is no task of \(parent)") }
    }

    /// The end of a job whose tasks have decided it.
    func conclude(_ slot: UInt32, _ builder: inout EventBuilder) {
        let (job, failed) = (jobs[slot].id, jobs[slot].parents.failed)
        let body: Event.Body =
            if failed == 0 {
                .jobSucceeded(job, .absent, result: Payload())
            } else if failed == job.rawValue {
                .jobDied(job, reason: "one of its tasks, pruned by now, did not succeed")
            } else {
                .jobDied(job, reason: "its task \(failed) did not succeed")
            }
        builder.emit(body, BackLinks(job: jobs[slot].lastSequence), cause: tasks[job]?.decision ?? 0)
    }

    mutating func applyConclusion(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        guard let record = tasks[job], jobs[slot].parents.pending == 0, jobs[slot].parents.failed == 0,
            event.cause == record.decision
        else { throw event.contradiction("the tasks of job \(job) have not succeeded") }
        leave(slot)
        finish(slot, event)
    }
}

extension JobSpecification {
    /// The same for a job of its own: what the core says of tasks is taken out.
    var independent: JobSpecification {
        var plain = self
        if storage.basics.parent != 0 { plain.parent = nil }
        if storage.terms !== JobTerms.standard, taskCount > 0 { plain.taskCount = 0 }
        return plain
    }
}

/// How the tasks of one job stand.
package struct TaskTally: Sendable, Hashable {
    package let total: Int
    package let succeeded: Int
    /// Dead or cancelled; one that was redriven is open again.
    package let failed: Int

    package var open: Int { total - succeeded - failed }

    package init(total: Int, succeeded: Int, failed: Int) {
        self.total = total
        self.succeeded = succeeded
        self.failed = failed
    }
}

/// What memory holds of the tasks of one job: they have successive numbers, so their count names them all.
struct TaskRecord: Sendable, Hashable {
    let total: UInt32
    var succeeded: UInt32 = 0
    var failed: UInt32 = 0
    /// Those among the failed that are pruned: nobody can redrive them.
    var pruned: UInt32 = 0
    /// The sequence of the event that decided how the parent ends; 0 while it is open.
    var decision: UInt64 = 0

    var tally: TaskTally {
        TaskTally(total: Int(total), succeeded: Int(succeeded), failed: Int(failed))
    }

    /// How many tasks a parent with this rule still waits for.
    func pending(_ rule: ParentFailureRule) -> UInt32 {
        rule == .ignore ? total - succeeded - failed : total - succeeded
    }

    /// The numbers of the tasks.
    func jobs(of parent: JobID) -> ClosedRange<UInt64> {
        parent.rawValue + 1...parent.rawValue + UInt64(total)
    }
}

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
    mutating func countEnd(of task: JobID, of parent: JobID, _ state: JobState, _ event: Event) {
        guard tasks[parent] != nil else { return }
        if state == .succeeded {
            tasks[parent]?.succeeded += 1
        } else {
            tasks[parent]?.failed += 1
            failedTasks[task] = parent
        }
        decideParent(of: parent, event)
    }

    /// A task that failed is pruned: a parent that waits for its redrive would wait for ever.
    mutating func countPruning(of task: JobID, _ event: Event) {
        guard let parent = failedTasks.removeValue(forKey: task) else { return }
        tasks[parent]?.pruned += 1
        if let slot = jobs.slot(parent), jobs[slot].terms.onTaskFailure == .wait {
            decideParent(of: parent, event)
        }
    }

    /// Nothing can come of them any more for the job whose tasks they are.
    mutating func forgetTasks(of parent: JobID) {
        guard let record = tasks.removeValue(forKey: parent), record.failed > record.pruned else { return }
        for task in record.jobs(of: parent) { failedTasks[JobID(task)] = nil }
    }

    /// A task that had died, or was cancelled, is open again.
    mutating func countRedrive(of task: JobID, of parent: JobID, _ event: Event) {
        guard tasks[parent] != nil else { return }
        tasks[parent]?.failed -= 1
        failedTasks[task] = nil
        decideParent(of: parent, event)
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
    mutating func decideParent(of parent: JobID, _ event: Event) {
        guard let slot = jobs.slot(parent), let record = tasks[parent] else { return }
        let rule = jobs[slot].terms.onTaskFailure
        let before = jobs[slot].parents
        leave(slot)
        jobs[slot].parents.pending = record.pending(rule)
        jobs[slot].parents.failed =
            switch rule {
            case .fail where record.failed > 0: failedTask(of: parent, record, before.failed)
            case .wait where record.pruned > 0: parent.rawValue
            case .fail, .wait, .ignore: 0
            }
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
