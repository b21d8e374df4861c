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
