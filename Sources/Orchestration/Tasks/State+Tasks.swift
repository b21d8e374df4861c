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
        var keys: [String: JobID] = [:]
        let job = try birth(parent, isProposed: false, &keys, &builder)
        var created = [job]
        created.reserveCapacity(list.count + 1)
        for specification in list {
            var task = specification.independent
            task.parent = job
            created.append(try birth(task, isProposed: false, &keys, &builder))
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
        if specification.onClash == .existing || tasks.contains(where: { $0.onClash == .existing }) {
            throw .invalid(
                field: "onClash",
                problem: "is existing, and a job and its tasks begin together"
            )
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
