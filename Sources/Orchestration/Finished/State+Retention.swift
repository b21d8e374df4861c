extension State {
    /// All or none: jobs that ended are forgotten, and stay in the log.
    func prune(_ list: [JobID], _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try check(list, builder)
        for job in list {
            let outcome = try finished(job, among: [.succeeded, .dead, .cancelled], builder)
            builder.emit(.jobPruned(job), BackLinks(job: outcome.lastSequence))
        }
        return .done
    }

    /// How a job ended, when it ended in one of the states; checks the version that the command expects.
    func finished(
        _ job: JobID,
        among states: [JobState],
        _ builder: borrowing EventBuilder
    ) throws(Refusal) -> FinishedJob {
        guard let entry = jobs.entry(job) else { throw .notFound(job) }
        if let slot = entry.slot { throw .wrongState(job, jobs[slot].state, needs: states) }
        guard let outcome = entry.outcome else { throw .notFound(job) }
        guard states.contains(outcome.state) else { throw .wrongState(job, outcome.state, needs: states) }
        if let expected = builder.context.expectedVersion, expected != outcome.lastSequence {
            throw .versionConflict(job, expected: expected, actual: outcome.lastSequence)
        }
        return outcome
    }

    mutating func applyPruning(_ job: JobID, _ event: Event) throws(ApplyError) {
        let outcome = try expectFinished(job, event)
        jobs.prune(job)
        prunes.remove(job)
        if !tasks.isEmpty {
            forgetTasks(of: job)
            countPruning(of: job, event)
        }
        updateDependants(of: job, outcome.state, isPruned: true, at: event.time)
    }

    /// A job that ended, and was last touched by the event that this one follows.
    func expectFinished(_ job: JobID, _ event: Event) throws(ApplyError) -> FinishedJob {
        guard let outcome = jobs.entry(job)?.outcome else {
            throw event.contradiction("job \(job) has not ended")
        }
        guard let step = event.body.step, step.from.contains(outcome.state) else {
            throw event.contradiction("job \(job) is \(outcome.state)")
        }
        guard outcome.lastSequence == event.links.job else {
            throw event.contradiction("job \(job) was last touched by \(outcome.lastSequence)")
        }
        return outcome
    }

    /// Notes when the job that has just finished will be forgotten, if its queue says so.
    mutating func retain(_ job: JobID, _ state: JobState, in queue: UInt32, _ event: Event) {
        guard let span = queues.retention(in: queue, of: state) else { return }
        prunes.insert(job, at: event.time + span)
    }
}

/// The finished jobs that will be forgotten, the next one first; each stands in it once.
struct PruneTable: Sendable {
    private(set) var keys = ChunkedSortedSet<PruneKey>()
    private var times = BranchedDictionary<JobID, Timestamp>()

    var first: PruneKey? { keys.first }

    mutating func branch() { times.branch() }

    mutating func insert(_ job: JobID, at time: Timestamp) {
        remove(job)
        times[job] = time
        keys.insert(PruneKey(time: time, job: job))
    }

    /// A job that is forgotten, or lives again.
    mutating func remove(_ job: JobID) {
        guard !times.isEmpty, let time = times.removeValue(forKey: job) else { return }
        keys.remove(PruneKey(time: time, job: job))
    }
}

/// When a finished job is forgotten.
struct PruneKey: Comparable, Hashable, Sendable {
    let time: Timestamp
    let job: JobID

    static func < (left: PruneKey, right: PruneKey) -> Bool {
        (left.time, left.job) < (right.time, right.job)
    }
}
