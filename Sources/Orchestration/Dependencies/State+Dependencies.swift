extension State {
    /// The jobs to wait for exist; those that ended are weighed when the new one is born.
    func admitParents(_ specification: JobSpecification) throws(Refusal) {
        let parents = specification.storage.terms.values.after
        guard !parents.isEmpty else { return }
        guard Set(parents).count == parents.count else {
            throw .invalid(field: "after", problem: "names a job twice")
        }
        for parent in parents {
            guard let entry = jobs.entry(parent), !entry.isPruned else { throw .notFound(parent) }
        }
    }

    /// Counts what the new job waits for, and has it told.
    mutating func tallyParents(_ job: JobID, _ terms: JobTerms.Values) -> ParentTally {
        var tally = ParentTally()
        for parent in terms.after {
            let ended = jobs.entry(parent)?.outcome?.state
            if ended == .succeeded || ended != nil && terms.onParentFailure == .ignore { continue }
            tally.pending += 1
            if ended != nil, terms.onParentFailure == .fail {
                if tally.failed == 0 { tally.failed = parent.rawValue }
            } else {
                if children[parent] == nil { children[parent] = [] }
                children[parent]?.append(job)
            }
        }
        return tally
    }

    /// A job ended: those that wait for it are told.
    ///
    /// Nothing is decided here. What is unblocked, or has to die, gets a timer that is due at once, and the decision is
    /// an event of its own. A job that is pruned can't be redriven any more: to wait for that would be for ever.
    mutating func updateDependants(
        of parent: JobID,
        _ state: JobState,
        isPruned: Bool = false,
        at time: Timestamp
    ) {
        guard !children.isEmpty, let waiting = children.removeValue(forKey: parent) else { return }
        var stillWaiting: [JobID] = []
        for child in waiting {
            guard let slot = jobs.slot(child), jobs[slot].parents.pending > 0 else { continue }
            let rule = jobs[slot].terms.onParentFailure
            if state != .succeeded, rule == .wait, !isPruned {
                stillWaiting.append(child)
                continue
            }
            leave(slot)
            if state != .succeeded, rule != .ignore {
                if jobs[slot].parents.failed == 0 { jobs[slot].parents.failed = parent.rawValue }
            } else {
                jobs[slot].parents.pending -= 1
            }
            enter(slot, jobs[slot].state, at: jobs[slot].state == .blocked ? time : jobs[slot].moment)
        }
        if !stillWaiting.isEmpty { children[parent] = stillWaiting }
    }

    mutating func applyUnblocking(_ job: JobID, _ event: Event) throws(ApplyError) {
        let slot = try expect(job, event)
        guard jobs[slot].parents.pending == 0 else {
            throw event.contradiction("job \(job) is not unblocked")
        }
        leave(slot)
        jobs[slot].lastSequence = event.sequence
        advance(slot, event)
    }
}

/// What a job still waits for.
struct ParentTally: Sendable, Hashable {
    /// Jobs that have not ended in a way that counts.
    var pending: UInt32 = 0
    /// The first one that ended without success, where that is fatal; 0 for none.
    var failed: UInt64 = 0

    /// Whether it can be unblocked, or has to die.
    var isDecided: Bool { pending == 0 || failed != 0 }
}
