extension State {
    /// Succeeds after a request to cancel too: the work is done.
    func complete(_ holder: Holder, _ result: Payload, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try limits.check(result, field: "result")
        let slot = try resolve(holder, builder.context)
        succeed(slot, result, &builder)
        return .done
    }

    /// An outcome each, in order.
    ///
    /// A job named a second time is refused as if the first had been applied.
    func completeMany(_ list: [Completion], _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try limits.check(count: list.count, field: "completions")
        var outcomes: [Refusal?] = []
        outcomes.reserveCapacity(list.count)
        var done = CompletedSlots()
        for completion in list {
            outcomes.append(completeOne(completion, &done, &builder))
        }
        return .outcomes(outcomes)
    }

    private func completeOne(
        _ completion: Completion,
        _ done: inout CompletedSlots,
        _ builder: inout EventBuilder
    ) -> Refusal? {
        do throws(Refusal) {
            try limits.check(completion.result, field: "result")
            let slot = try resolve(completion.holder, builder.context)
            guard done.insert(slot, token: jobs[slot].token.counter) else {
                switch completion.holder {
                case .lease(let token): return .leaseLost(token)
                case .job(let job): return .alreadyEnded(job, .succeeded)
                }
            }
            succeed(slot, completion.result, &builder)
            return nil
        } catch {
            return error
        }
    }

    private func succeed(_ slot: UInt32, _ result: Payload, _ builder: inout EventBuilder) {
        let links = builder.links(slot, self)
        builder.emit(.jobSucceeded(jobs[slot].id, jobs[slot].token, result: result), links)
    }

    mutating func applySuccess(_ job: JobID, _ token: LeaseToken, _ event: Event) throws(ApplyError) {
        if token == .absent { return try applyConclusion(job, event) }
        let slot = try expectHeld(job, token, event)
        try endLease(slot, event)
        finish(slot, event)
    }
}

/// Who speaks for a running job: the bearer of a token, or whoever holds the job now.
public enum Holder: Sendable, Hashable {
    /// The bearer of this token: refused when the lease is lost.
    case lease(LeaseToken)
    /// Whoever holds this job: for people, and for clients that never had a token.
    case job(JobID)
}

/// One item of a `completeMany`.
public struct Completion: Sendable, Hashable {
    /// Whose job has succeeded.
    public var holder: Holder
    /// What it made.
    public var result: Payload

    /// A job that has succeeded, and its result.
    public init(_ holder: Holder, result: Payload = Payload()) {
        self.holder = holder
        self.result = result
    }
}

/// The jobs that one `completeMany` has ended so far.
///
/// Tokens mostly come in the order in which they were granted; while they grow, no job can come twice and nothing
/// is looked up.
struct CompletedSlots {
    private var highest: UInt64 = 0
    private var slots: [UInt32] = []
    private var set: Set<UInt32> = []

    /// False when the slot is in already.
    mutating func insert(_ slot: UInt32, token: UInt64) -> Bool {
        guard token <= highest else {
            highest = token
            slots.append(slot)
            return true
        }
        while let pending = slots.popLast() { set.insert(pending) }
        return set.insert(slot).inserted
    }
}
