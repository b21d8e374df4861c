import Orchestration

/// What the holders of leases say.
extension Oracle {
    private func resolve(_ holder: Holder) throws(Refusal) -> OracleJob {
        let job: OracleJob
        switch holder {
        case .lease(let token):
            guard let found = open.first(where: { $0.state == .running && $0.token == token }) else {
                throw .leaseLost(token)
            }
            job = found
        case .job(let id):
            job = try find(id) { .alreadyEnded($0, $1) }
            guard job.state == .running else { throw .notRunning(id, job.state) }
        }
        try checkVersion(job)
        return job
    }

    private func token(_ job: OracleJob) -> LeaseToken {
        job.token ?? LeaseToken(epoch: 0, counter: 0)
    }

    func heartbeat(_ token: LeaseToken, _ progress: JobProgress?) throws(Refusal) -> HeartbeatReply {
        let job = try resolve(.lease(token))
        if let fraction = progress?.fraction, !(fraction >= 0 && fraction <= 1) {
            throw invalid("progress.fraction")
        }
        if job.rearms > 0 {
            emit(.leaseRenewed(job.id, token), job)
            job.rearms = 0
        }
        if let progress { emit(.jobProgressed(job.id, token, progress), job) }
        // The heartbeat is there even where the log says nothing of it.
        job.lastHeartbeat = max(job.lastHeartbeat ?? now, now)
        return HeartbeatReply(
            deadline: job.deadline,
            isCancelRequested: job.isTold,
            isDraining: job.worker.flatMap { workers[$0]?.isDraining } ?? false
        )
    }

    func complete(_ holder: Holder, _ result: Payload) throws(Refusal) {
        try check(bytes: result.bytes.count, "result")
        succeed(try resolve(holder), result)
    }

    func completeMany(_ list: [Completion]) throws(Refusal) -> [Refusal?] {
        try refuseVersion()
        try check(count: list.count, "completions")
        var outcomes: [Refusal?] = []
        for completion in list {
            do throws(Refusal) {
                try complete(completion.holder, completion.result)
                outcomes.append(nil)
            } catch {
                outcomes.append(error)
            }
        }
        return outcomes
    }

    private func succeed(_ job: OracleJob, _ result: Payload) {
        emit(.jobSucceeded(job.id, token(job), result: result), job)
        end(job, .succeeded)
    }

    func fail(_ holder: Holder, _ failure: Failure) throws(Refusal) {
        if let delay = failure.retryAfter, delay < .zero { throw invalid("failure.retryAfter") }
        fail(try resolve(holder), failure)
    }

    func fail(_ job: OracleJob, _ failure: Failure) {
        emit(.attemptFailed(job.id, token(job), failure), job)
        job.failures += 1
        let isFinal =
            !failure.isRetryable || job.retry.nonRetryable.contains(failure.type)
            || job.failures >= job.retry.maxAttempts
        goOn(job, tries: job.failures, isFinal: isFinal, failure.retryAfter)
    }

    func crash(_ job: OracleJob) {
        emit(.leaseExpired(job.id, token(job), lastHeartbeat: job.lastHeartbeat), job)
        job.crashes += 1
        goOn(job, tries: job.crashes, isFinal: job.crashes > job.retry.maxCrashes, nil)
    }

    /// After a lost attempt: cancelled if that was asked for, else dead or tried again.
    private func goOn(_ job: OracleJob, tries: UInt32, isFinal: Bool, _ delay: TimeSpan?) {
        if job.isTold {
            emit(.jobCancelled(job.id, .cancelled), job)
            return end(job, .cancelled, .cancelled)
        }
        let retry = retry(job, tries: tries, delay)
        let isTooLate = job.totalEnd.map { $0 <= retry.due } ?? false
        if isFinal || isTooLate { return die(job) }
        emit(.jobRetried(retry), job)
        putBack(job)
        job.state = .scheduled
        job.moment = retry.due
    }

    func die(_ job: OracleJob) {
        var words = ""
        if case .jobDied(_, let reason)? = counterpart { words = reason }
        emit(.jobDied(job.id, reason: words), job)
        end(job, .dead)
    }

    /// `min(cap, base × factor^(tries − 1))`, less a share that was drawn.
    private func retry(_ job: OracleJob, tries: UInt32, _ given: TimeSpan?) -> JobRetried {
        if let given { return JobRetried(job: job.id, due: now + given, backoff: given, jitter: .zero) }
        var delay = Double(job.retry.base.nanoseconds)
        for _ in 1..<max(tries, 1) { delay *= job.retry.factor }
        let backoff = min(job.retry.cap.nanoseconds, Int64(min(delay, 9e18)))
        var jitter: Int64 = 0
        if case .jobRetried(let drawn)? = counterpart,
            (0...Int64(Double(backoff) * job.retry.jitter)).contains(drawn.jitter.nanoseconds)
        {
            jitter = drawn.jitter.nanoseconds
        }
        return JobRetried(
            job: job.id,
            due: now + TimeSpan(nanoseconds: backoff - jitter),
            backoff: TimeSpan(nanoseconds: backoff),
            jitter: TimeSpan(nanoseconds: jitter)
        )
    }

    private func putBack(_ job: OracleJob) {
        job.token = nil
        job.worker = nil
        job.machine = nil
        job.lastHeartbeat = nil
    }

    func snooze(_ holder: Holder, _ span: TimeSpan) throws(Refusal) {
        if span <= .zero { throw invalid("span") }
        let job = try resolve(holder)
        giveBack(job, .jobSnoozed(job.id, token(job), until: now + span))
        guard job.isOpen else { return }
        job.state = .scheduled
        job.moment = now + span
    }

    func release(_ holder: Holder) throws(Refusal) {
        let job = try resolve(holder)
        giveBack(job, .jobReleased(job.id, token(job)))
        if job.isOpen { makeReady(job) }
    }

    /// The attempt is not counted; a job that was told to stop ends.
    private func giveBack(_ job: OracleJob, _ body: Event.Body) {
        if job.isTold {
            emit(.jobCancelled(job.id, .cancelled), job)
            return end(job, .cancelled, .cancelled)
        }
        emit(body, job)
        job.attempts -= 1
        putBack(job)
    }
}
