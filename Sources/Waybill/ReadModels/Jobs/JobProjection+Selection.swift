import Orchestration

extension JobProjection {
    /// The sets that a filter asks for; nil when one of its names was never seen.
    func selection(_ filter: JobFilter) -> JobSelection? {
        var selection = JobSelection()
        if let ids = filter.ids { selection.require(JobBitmap(ids)) }
        if let tag = filter.tag { selection.require(indexes.tags[tag] ?? JobBitmap()) }
        if filter.isHeld == true { selection.require(indexes.held) }
        let named = [
            (filter.worker, indexes.workers, names.knownWorker),
            (filter.machine, indexes.machines, names.knownMachine),
            (filter.queue, indexes.queues, names.knownQueue),
            (filter.kind, indexes.kinds, names.knownKind),
        ]
        for (name, sets, known) in named {
            guard let name else { continue }
            guard let number = known(name), Int(number) < sets.count else { return nil }
            selection.require(sets[Int(number)])
        }
        // Every job is in one of the states: without other terms these are all jobs.
        if !filter.states.isEmpty || selection.clauses.isEmpty {
            let states = filter.states.isEmpty ? Set(JobState.allCases) : filter.states
            selection.clauses.append(
                states.map { indexes.states[Int($0.rawValue)] }.filter { !$0.isEmpty }
            )
        }
        selection.sort()
        return selection
    }

    /// The job numbers that a page can come from, by its cursor and the times of creation.
    func numbers(_ filter: JobFilter, _ order: JobOrder, behind cursor: JobID?) -> Range<UInt64> {
        var first = filter.createdFrom.map { rows.firstJob(createdFrom: $0) } ?? 1
        // What was created later has changed later too.
        let before = [filter.createdBefore, filter.changedBefore].compactMap { $0 }.min()
        var end = before.map { rows.firstJob(createdFrom: $0) } ?? rows.end
        switch order {
        case .oldestFirst:
            if let cursor { first = max(first, min(cursor.rawValue, rows.end) + 1) }
        case .newestFirst:
            if let cursor { end = min(end, cursor.rawValue) }
        }
        return first < end ? first..<end : 0..<0
    }
}
