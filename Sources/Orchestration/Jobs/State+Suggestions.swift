extension State {
    /// All or none.
    func approve(_ list: [JobID], _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try decideSuggestions(list, &builder) { .suggestionApproved($0) }
    }

    /// All or none.
    func reject(_ list: [JobID], _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        try decideSuggestions(list, &builder) { .suggestionRejected($0) }
    }

    private func decideSuggestions(
        _ list: [JobID],
        _ builder: inout EventBuilder,
        _ body: (JobID) -> Event.Body
    ) throws(Refusal) -> CommandResult {
        try check(list, builder)
        for job in list {
            let slot = try find(job) { state in .alreadyDecided(job, state) }
            guard jobs[slot].state == .proposed else { throw .alreadyDecided(job, jobs[slot].state) }
            try check(version: builder.context, slot)
            builder.emit(body(job), BackLinks(job: jobs[slot].lastSequence))
        }
        return .done
    }

    mutating func applyApproval(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        leave(slot)
        jobs.change(slot) { record in
            record.order = event.sequence
            record.since = event.time
            record.lastSequence = event.sequence
        }
        advance(slot, event)
    }
}
