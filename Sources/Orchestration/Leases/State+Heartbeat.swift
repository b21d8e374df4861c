extension State {
    /// Extends a lease by its whole length.
    ///
    /// Heartbeats stand beside the state and not in the log; only progress is recorded, and the first heartbeat after
    /// an opening re-armed the lease. Whoever applies the events calls ``extend(by:at:)`` then.
    func heartbeat(
        _ token: LeaseToken,
        _ progress: JobProgress?,
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        let slot = try resolve(.lease(token), builder.context)
        let job = jobs[slot].id
        var last = jobs[slot].lastSequence
        if jobs[slot].rearms > 0 {
            builder.emit(.leaseRenewed(job, token), BackLinks(job: last))
            last = builder.next - 1
        }
        if let progress {
            try limits.check(progress)
            builder.emit(.jobProgressed(job, token, progress), BackLinks(job: last))
        }
        let isTold = jobs[slot].isCancelRequested
        return .heartbeat(
            HeartbeatReply(
                deadline: isTold
                    ? jobs[slot].deadline : max(jobs[slot].deadline, builder.time + jobs[slot].leaseLength),
                isCancelRequested: isTold,
                isDraining: workers[jobs[slot].worker].isDraining
            )
        )
    }

    /// Extends the lease that a command is a heartbeat of, if it lives, and does nothing for any other command.
    ///
    /// A heartbeat leaves no event that would do so. Whoever decides commands calls this for each that was not refused,
    /// once its events are applied; a lease whose heartbeats are not told to the state expires.
    public mutating func extend(by command: Command, at now: Timestamp) {
        guard case .heartbeat(let token, _) = command else { return }
        guard let slot = leases[token.counter], jobs[slot].token == token else { return }
        let before = jobs[slot].timer(slot: slot)
        jobs[slot].lastHeartbeat = max(jobs[slot].lastHeartbeat, now, lastTime)
        let after = jobs[slot].timer(slot: slot)
        guard before != after else { return }
        if let before { timers.remove(before) }
        if let after { timers.insert(after) }
    }

    /// What the log tells of a running job is as good as a heartbeat, and extends its lease in every replay too.
    ///
    /// One that was told to stop keeps its deadline.
    mutating func extendLease(_ slot: UInt32, at time: Timestamp) {
        guard !jobs[slot].isCancelRequested else { return }
        let before = jobs[slot].timer(slot: slot)
        jobs[slot].moment = max(jobs[slot].moment, time + jobs[slot].leaseLength)
        jobs[slot].rearms = 0
        let after = jobs[slot].timer(slot: slot)
        guard before != after else { return }
        if let before { timers.remove(before) }
        if let after { timers.insert(after) }
    }

    mutating func applyRenewal(_ job: JobID, _ token: LeaseToken, _ event: Event) throws(ApplyError) {
        let slot = try expectHeld(job, token, event)
        jobs[slot].rearms = 0
        jobs[slot].lastSequence = event.sequence
    }

    mutating func applyProgress(_ job: JobID, _ token: LeaseToken, _ event: Event) throws(ApplyError) {
        let slot = try expectHeld(job, token, event)
        jobs[slot].lastSequence = event.sequence
    }
}

extension CoreLimits {
    fileprivate func check(_ progress: JobProgress) throws(Refusal) {
        if let fraction = progress.fraction, !(fraction >= 0 && fraction <= 1) {
            throw .invalid(field: "progress.fraction", problem: "must be in 0…1")
        }
        try check(prose: progress.message, field: "progress.message")
    }
}

/// What a worker learns from its heartbeat.
public struct HeartbeatReply: Sendable, Hashable {
    /// The lease ends then, unless another heartbeat comes before.
    public var deadline: Timestamp
    /// Somebody cancelled the job: stop, and fail or release it; it is ended by force at the deadline.
    public var isCancelRequested: Bool
    /// The worker is to take nothing more, and to finish or release what it has.
    public var isDraining: Bool

    /// What the engine tells a worker.
    public init(deadline: Timestamp, isCancelRequested: Bool, isDraining: Bool) {
        self.deadline = deadline
        self.isCancelRequested = isCancelRequested
        self.isDraining = isDraining
    }
}

/// How far a running job says that it has come.
public struct JobProgress: Sendable, Hashable {
    /// 0…1; nil when it doesn't know.
    public var fraction: Double?
    /// A few words for people.
    public var message: String

    /// How far, and in a few words what is being done.
    public init(fraction: Double? = nil, message: String = "") {
        self.fraction = fraction
        self.message = message
    }
}
