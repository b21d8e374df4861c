package import EventLog
package import Orchestration

/// A job in the state, open or ended.
enum JobStanding: Sendable {
    case open(Job)
    case ended(FinishedJob)

    /// Nil for a job that never was or is pruned.
    init?(_ state: borrowing State, _ job: JobID) {
        if let open = state[job] {
            self = .open(open)
        } else if let outcome = state.outcome(of: job) {
            self = .ended(outcome)
        } else {
            return nil
        }
    }

    /// Whether the jobs table, which may be ahead, speaks of the same life of the job.
    ///
    /// Points and progress come by the thousand and change nothing of it.
    func agrees(with hints: JobLogHints) -> Bool {
        switch self {
        case .open(let job):
            job.lastSequence == hints.version || job.state == hints.state && job.attempts == hints.attempts
        case .ended(let outcome): outcome.lastSequence == hints.version
        }
    }
}

/// All that memory knows of a job, from which the log tells the rest.
struct JobSnapshot: Sendable {
    let job: JobID
    let standing: JobStanding
    let hints: JobLogHints

    /// The job, when nothing of it has to be read from the log.
    var detail: JobDetail? {
        guard case .open(let job) = standing, hints.losses.failure == 0, hints.progress == nil else {
            return nil
        }
        return JobDetail(job, hints, progress: nil, failure: nil)
    }
}

extension ReadModels {
    /// One job, whole, of a log that was folded into these models and the state; nil when it never was or is pruned.
    package func detail(
        of job: JobID,
        _ state: borrowing State,
        _ files: any LogFS
    ) async throws(EngineError) -> JobDetail? {
        guard let standing = JobStanding(state, job), let hints = await jobs.hints(of: [job])[job] else {
            return nil
        }
        let snapshot = JobSnapshot(job: job, standing: standing, hints: hints)
        return try await EventLookup(ReadableLog(files)).look { archive throws(EngineError) in
            try archive.detail(snapshot)
        }
    }
}

extension EventArchive {
    func detail(_ snapshot: JobSnapshot) throws(EngineError) -> JobDetail {
        let (hints, failure) = (snapshot.hints, try failure(snapshot.hints.losses.failure))
        switch snapshot.standing {
        case .open(let job):
            let progress = job.state == .running ? try progress(hints.progress ?? 0) : nil
            return JobDetail(job, hints, progress: progress, failure: failure)
        case .ended(let outcome):
            let id = snapshot.job
            var end = JobEndRecord()
            try walk(id, backFrom: outcome.lastSequence) { end.fold($0) }
            if let lease = end.lease { end.worker = try event(lease.counter)?.body.worker }
            let specification = try specification(id, hints)
            return JobDetail(id, outcome, hints, specification, end, failure: failure)
        }
    }

    private func specification(_ job: JobID, _ hints: JobLogHints) throws(EngineError) -> JobSpecification {
        var recall = JobRecall(job)
        let redrive = hints.amendments?.redrive ?? 0
        for sequence in [redrive == 0 ? hints.birth : redrive] + (hints.amendments?.updates ?? []) {
            if let event = try event(sequence) { recall.fold(event) }
        }
        guard let revival = recall.revival else { throw .refused(.payloadGone(job)) }
        return revival.specification
    }

    private func failure(_ sequence: UInt64) throws(EngineError) -> Failure? {
        guard case .attemptFailed(_, _, let failure)? = try event(sequence)?.body else { return nil }
        return failure
    }

    private func progress(_ sequence: UInt64) throws(EngineError) -> JobProgress? {
        guard case .jobProgressed(_, _, let progress)? = try event(sequence)?.body else { return nil }
        return progress
    }
}

/// How a job ended, as the last events of its history tell it.
struct JobEndRecord: Sendable {
    private(set) var time = Timestamp.zero
    private(set) var result: Payload?
    private(set) var deathReason: String?
    /// The lease that ended with the job.
    private(set) var lease: LeaseToken?
    /// Who held that lease.
    var worker: Name?
    private var hasEnd = false

    /// Takes the events backwards; false when no earlier one says more.
    mutating func fold(_ event: Event) -> Bool {
        if hasEnd {
            // The attempt with whose loss the job ended stands right before that.
            if event.body.endsLease { lease = event.body.lease }
            return false
        }
        switch event.body {
        // It had ended before.
        case .jobDiscarded: return true
        case .jobSucceeded(_, let token, let result):
            (self.result, lease) = (result, token)
            time = event.time
            return false
        case .jobDied(_, let reason):
            deathReason = reason
        default: break
        }
        (time, hasEnd) = (event.time, true)
        return event.cause != 0
    }
}
