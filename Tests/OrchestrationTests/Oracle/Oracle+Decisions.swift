import Orchestration

/// What people decide about jobs that have not ended.
extension Oracle {
    private func proposed(_ list: [JobID]) throws(Refusal) -> [OracleJob] {
        try check(list: list)
        var found: [OracleJob] = []
        for id in list {
            let job = try find(id) { .alreadyDecided($0, $1) }
            guard job.state == .proposed else { throw .alreadyDecided(id, job.state) }
            try checkVersion(job)
            found.append(job)
        }
        return found
    }

    func approve(_ list: [JobID]) throws(Refusal) {
        for job in try proposed(list) {
            emit(.suggestionApproved(job.id), job)
            job.origin = .approved
            job.order = sequence
            job.since = now
            begin(job)
        }
    }

    func reject(_ list: [JobID]) throws(Refusal) {
        for job in try proposed(list) {
            emit(.suggestionRejected(job.id), job)
            end(job, .cancelled, .rejected)
        }
    }

    func update(_ id: JobID, _ change: JobChange) throws(Refusal) {
        if change.isEmpty { throw invalid("change") }
        if let requirements = change.requirements {
            try checkPlacement(cpuMillis: requirements.cpuMillis, pinned: requirements.machine)
        }
        var rest = change
        rest.attributes = nil
        let job = try changeable(id, needsWaiting: !rest.isEmpty)
        try refuse(change, ofParent: job)
        if let runAt = change.runAt, let expiresAt = job.specification.expiresAt, runAt > expiresAt {
            throw invalid("runAt")
        }
        apply(change, to: job)
    }

    func setHeld(_ isHeld: Bool, _ list: [JobID]) throws(Refusal) {
        try check(list: list)
        var found: [OracleJob] = []
        for id in list {
            let job = try changeable(id, needsWaiting: true)
            if job.taskCount > 0 { throw invalid("jobs") }
            found.append(job)
        }
        for job in found { apply(JobChange(isHeld: isHeld), to: job) }
    }

    private func changeable(_ id: JobID, needsWaiting: Bool) throws(Refusal) -> OracleJob {
        let job = try find(id) { .alreadyEnded($0, $1) }
        if needsWaiting, !job.isWaiting {
            throw .wrongState(id, job.state, needs: [.blocked, .scheduled, .ready])
        }
        try checkVersion(job)
        return job
    }

    private func apply(_ change: JobChange, to job: OracleJob) {
        if change == JobChange(isHeld: job.isHeld) { return }
        emit(.jobUpdated(job.id, change), job)
        job.change(change)
        if let runAt = change.runAt {
            if job.state == .scheduled || job.state == .ready && runAt > now { letGo(job) }
        }
    }

    func cancel(_ list: [JobID], isForced: Bool) throws(Refusal) {
        try check(list: list)
        var found: [OracleJob] = []
        for id in list {
            let job = try find(id) { .alreadyEnded($0, $1) }
            try checkVersion(job)
            found.append(job)
        }
        for job in found {
            cancel(job, isForced: isForced)
            for task in tasks(of: job) where task.isOpen && !list.contains(task.id) {
                cancel(task, isForced: isForced)
            }
        }
    }

    private func cancel(_ job: OracleJob, isForced: Bool) {
        if job.state == .running, !job.isTold {
            let deadline = isForced ? now : max(job.deadline, now)
            emit(.jobCancelRequested(job.id, deadline: deadline), job)
            job.isTold = true
            job.moment = deadline
        }
        guard isForced || job.state != .running else { return }
        emit(.jobCancelled(job.id, .cancelled), job)
        end(job, .cancelled, .cancelled)
    }

    func addPoints(_ id: JobID, _ series: Name, _ points: [Point]) throws(Refusal) {
        try check(name: series, "series")
        try check(count: points.count, "points")
        let job = try find(id) { .alreadyEnded($0, $1) }
        try checkVersion(job)
        emit(.pointsAdded(id, series: series, points: points), job)
        job.series[series, default: 0] += UInt64(points.count)
        guard job.state == .running, !job.isTold else { return }
        job.moment = max(job.moment, now + job.leaseLength)
        job.rearms = 0
    }

    /// The end of a job that is in nobody's hands any more.
    func end(_ job: OracleJob, _ state: JobState, _ reason: CancellationReason? = nil) {
        job.state = state
        job.reason = reason
        job.token = nil
        job.worker = nil
        job.machine = nil
        open.removeAll { $0 === job }
        let retention = queues[job.queue]?.specification.retention ?? Retention()
        let span =
            switch state {
            case .succeeded: retention.succeeded
            case .dead: retention.dead
            default: retention.cancelled
            }
        job.pruneAt = span.map { now + $0 }
        tellChildren(of: job)
        countTask(job)
    }
}
