extension State {
    /// The attempt's failure, then what becomes of the job: cancelled when that was asked for, else retried or dead.
    func fail(_ holder: Holder, _ failure: Failure, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try limits.check(failure)
        fail(try resolve(holder, builder.context), failure, &builder)
        return .done
    }

    /// An attempt that ran too long has failed; a job that took too long is not tried again.
    func timeOut(_ slot: UInt32, _ builder: inout EventBuilder) {
        let isLast = jobs[slot].totalEnd.map { $0 <= builder.time } ?? false
        let timeouts = jobs[slot].terms.timeouts
        let span = (isLast ? timeouts.total : timeouts.run) ?? .zero
        let failure = Failure(
            type: "timeout",
            message: "\(isLast ? "the job took" : "the attempt ran") longer than \(span.nanoseconds) ns",
            isRetryable: !isLast
        )
        fail(slot, failure, &builder)
    }

    private func fail(_ slot: UInt32, _ failure: Failure, _ builder: inout EventBuilder) {
        let cause = builder.next
        let links = builder.links(slot, self)
        builder.emit(.attemptFailed(jobs[slot].id, jobs[slot].token, failure), links)
        let failures = jobs[slot].failures + 1
        let policy = jobs[slot].terms.retry
        let end: String? =
            if !failure.isRetryable || policy.nonRetryable.contains(failure.type) {
                "error is not retryable"
            } else if failures >= policy.maxAttempts {
                "attempts used up"
            } else { nil }
        retryOrEnd(slot, cause, tries: failures, after: failure.retryAfter, end: end, &builder)
    }

    /// An expired lease is a crash: it has its own cap, and delays grow with the crashes.
    func crash(_ slot: UInt32, _ builder: inout EventBuilder) {
        let cause = builder.next
        let links = builder.links(slot, self)
        let lastHeartbeat = jobs[slot].lastHeartbeat
        builder.emit(
            .leaseExpired(
                jobs[slot].id,
                jobs[slot].token,
                lastHeartbeat: lastHeartbeat == .zero ? nil : lastHeartbeat
            ),
            links
        )
        let crashes = jobs[slot].crashes + 1
        let isEnd = crashes > jobs[slot].terms.retry.maxCrashes
        retryOrEnd(slot, cause, tries: crashes, after: nil, end: isEnd ? "crashes used up" : nil, &builder)
    }

    private func retryOrEnd(
        _ slot: UInt32,
        _ cause: UInt64,
        tries: UInt32,
        after delay: TimeSpan?,
        end: String?,
        _ builder: inout EventBuilder
    ) {
        let job = jobs[slot].id
        let links = BackLinks(job: cause)
        if jobs[slot].isCancelRequested {
            return builder.emit(.jobCancelled(job, .cancelled), links, cause: cause)
        }
        if let end { return builder.emit(.jobDied(job, reason: end), links, cause: cause) }
        let retry =
            if let delay {
                JobRetried(job: job, due: builder.time + delay, backoff: delay, jitter: .zero)
            } else {
                Backoff(jobs[slot].terms.retry, tries: tries, fraction: builder.random.fraction())
                    .retry(job, at: builder.time)
            }
        if let end = jobs[slot].totalEnd, end <= retry.due {
            return builder.emit(
                .jobDied(job, reason: "no time is left for another attempt"),
                links,
                cause: cause
            )
        }
        builder.emit(.jobRetried(retry), links, cause: cause)
    }

    /// Ends the attempt.
    ///
    /// Until the event that follows from this one, the job is scheduled for at once.
    mutating func applyLostAttempt(
        _ job: JobID,
        _ token: LeaseToken,
        isCrash: Bool,
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expectHeld(job, token, event)
        try endLease(slot, event)
        if isCrash { jobs[slot].crashes += 1 } else { jobs[slot].failures += 1 }
        enter(slot, next(slot, event), at: event.time)
    }

    mutating func applyRetry(_ retry: JobRetried, _ event: Event) throws(ApplyError) {
        let slot = try expectLost(retry.job, event)
        guard retry.due >= event.time else { throw event.contradiction("a retry in the past") }
        if jobs[slot].isCancelRequested { throw event.contradiction("job \(retry.job) was told to stop") }
        leave(slot)
        jobs[slot].lastSequence = event.sequence
        enter(slot, next(slot, event), at: retry.due)
    }

    /// Of a job whose attempt was lost, or of one that waited for others in vain.
    mutating func applyDeath(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        if jobs[slot].state == .blocked {
            guard jobs[slot].parents.failed != 0, event.cause == tasks[job]?.decision ?? 0 else {
                throw event.contradiction("job \(job) has no reason to die")
            }
        } else {
            _ = try expectLost(job, event)
        }
        leave(slot)
        finish(slot, event)
    }

    /// A job whose attempt was lost by the event before.
    private func expectLost(_ job: JobID, _ event: Event) throws(ApplyError) -> UInt32 {
        let slot = try expect(job, event)
        guard event.cause != 0, event.cause == jobs[slot].lastSequence else {
            throw event.contradiction("job \(job) lost no attempt just before")
        }
        return slot
    }
}

/// Why an attempt failed.
public struct Failure: Sendable, Hashable {
    /// A short class of error, compared with ``RetryPolicy/nonRetryable``; not empty.
    public var type: Name
    /// What happened, for people.
    public var message: String
    /// False ends the job whatever its policy says.
    public var isRetryable: Bool
    /// The delay before the next attempt, as the worker knows it better than the policy; nil leaves it to that.
    public var retryAfter: TimeSpan?

    /// A failure of a type; it is retried as the job's policy has it, unless otherwise said.
    public init(
        type: Name,
        message: String = "",
        isRetryable: Bool = true,
        retryAfter: TimeSpan? = nil
    ) {
        self.type = type
        self.message = message
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }
}

/// A failed or crashed attempt will be tried again at `due`.
public struct JobRetried: Sendable, Hashable {
    /// The job.
    public var job: JobID
    /// When it is ready again.
    public var due: Timestamp
    /// The delay before jitter.
    public var backoff: TimeSpan
    /// What the jitter took away from it.
    public var jitter: TimeSpan

    /// A decision with what it was made of.
    public init(job: JobID, due: Timestamp, backoff: TimeSpan, jitter: TimeSpan) {
        self.job = job
        self.due = due
        self.backoff = backoff
        self.jitter = jitter
    }
}
