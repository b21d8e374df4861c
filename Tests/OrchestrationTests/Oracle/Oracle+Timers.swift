import Orchestration

/// What time does, and what an opening does to leases.
extension Oracle {
    /// When something is due next.
    var nextTimer: Timestamp? {
        let moments =
            open.compactMap(\.timer) + jobs.compactMap { $0.isPruned || $0.isOpen ? nil : $0.pruneAt }
        return moments.min()
    }

    /// One round of at most `limit` jobs: what is due, the earliest first and the oldest among equals; then what
    /// retention is over for.
    func elapse(at moment: Timestamp, limit: Int, written: [Event]) {
        self.written = written
        bodies = []
        let before = now
        now = max(now, moment)
        var due: [(time: Timestamp, job: OracleJob)] = []
        for job in open { if let timer = job.timer, timer <= moment { due.append((timer, job)) } }
        due.sort { $0.time != $1.time ? $0.time < $1.time : $0.job.order < $1.job.order }
        var over: [(time: Timestamp, job: OracleJob)] = []
        for job in jobs where !job.isOpen && !job.isPruned {
            if let time = job.pruneAt, time <= moment { over.append((time, job)) }
        }
        over.sort { $0.time != $1.time ? $0.time < $1.time : $0.job.id < $1.job.id }
        for (_, job) in due.prefix(limit) { fire(job) }
        for (_, job) in over.prefix(max(0, limit - due.count)) { prune(job) }
        if bodies.isEmpty { now = before } else { forgetMemories() }
    }

    private func fire(_ job: OracleJob) {
        let isEnd = job.end.map { end in end <= now && job.due.map { end < $0 } ?? true } ?? false
        if job.state == .running { return isEnd ? timeOut(job) : loseLease(job) }
        if isEnd || job.end.map({ $0 <= now }) ?? false { return expire(job) }
        if job.state == .scheduled {
            emit(.jobDue(job.id), job)
            makeReady(job)
        } else if !job.fatalParents.isEmpty {
            die(job)
        } else if job.taskCount > 0 {
            emit(.jobSucceeded(job.id, .absent, result: Payload()), job)
            end(job, .succeeded)
        } else {
            emit(.jobUnblocked(job.id), job)
            letGo(job)
        }
    }

    private func expire(_ job: OracleJob) {
        emit(.jobExpired(job.id), job)
        end(job, .cancelled, .expired)
    }

    private func loseLease(_ job: OracleJob) {
        guard job.isTold else { return crash(job) }
        emit(.jobCancelled(job.id, .cancelled), job)
        end(job, .cancelled, .cancelled)
    }

    /// A job that took too long as a whole is not tried again.
    private func timeOut(_ job: OracleJob) {
        var words = ""
        if case .attemptFailed(_, _, let failure)? = counterpart { words = failure.message }
        let isLast = job.totalEnd.map { $0 <= now } ?? false
        fail(job, Failure(type: "timeout", message: words, isRetryable: !isLast))
    }

    /// A new process: what was only in memory is gone; if it serves, leases begin anew, three times at most.
    func open(_ opened: EngineOpened, at moment: Timestamp) {
        bodies = []
        now = max(now, moment)
        emit(.engineOpened(opened))
        epoch = opened.epoch
        bounds = opened.idempotency
        forgetMemories()
        for job in open where job.state == .running {
            job.lastHeartbeat = nil
            guard opened.isServing, !job.isTold, job.rearms < 3 else { continue }
            job.rearms += 1
            job.moment = max(job.moment, now + job.leaseLength)
        }
    }
}
