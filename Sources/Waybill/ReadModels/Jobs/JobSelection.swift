import Orchestration

/// The jobs that are in at least one set of every clause.
struct JobSelection {
    var clauses: [[JobBitmap]] = []

    mutating func require(_ set: JobBitmap) {
        clauses.append([set])
    }

    /// Puts the rarest clause first: it leaps farthest.
    mutating func sort() {
        clauses.sort { $0.reduce(0) { $0 + $1.count } < $1.reduce(0) { $0 + $1.count } }
    }

    /// The words, ascending or descending, in which jobs are selected, until `visit` says no.
    func walk(
        _ order: JobOrder,
        in numbers: Range<UInt64>,
        _ visit: (_ index: UInt64, _ word: UInt64) -> Bool
    ) {
        guard !numbers.isEmpty else { return }
        let (first, last) = (numbers.lowerBound >> 6, (numbers.upperBound - 1) >> 6)
        var next = order == .oldestFirst ? self.next(from: first) : previous(through: last)
        while let index = next, index >= first, index <= last {
            var word = word(index)
            if index == first { word &= .max << (numbers.lowerBound & 63) }
            if index == last { word &= .max >> (63 - (numbers.upperBound - 1) & 63) }
            if word != 0, !visit(index, word) { return }
            if order == .oldestFirst {
                next = self.next(from: index + 1)
            } else {
                next = index == 0 ? nil : previous(through: index - 1)
            }
        }
    }

    private func word(_ index: UInt64) -> UInt64 {
        var word = UInt64.max
        for clause in clauses where word != 0 {
            var union: UInt64 = 0
            for set in clause { union |= set.word(index) }
            word &= union
        }
        return word
    }

    /// The next word in which every clause has something, leaping over what any of them lacks.
    private func next(from index: UInt64) -> UInt64? {
        var index = index
        var agreed = 0
        while agreed < clauses.count {
            agreed = 0
            for clause in clauses {
                var next: UInt64?
                for set in clause {
                    if let found = set.nextWord(from: index), found < next ?? .max { next = found }
                }
                guard let next else { return nil }
                if next == index { agreed += 1 } else { index = next }
            }
        }
        return index
    }

    private func previous(through index: UInt64) -> UInt64? {
        var index = index
        var agreed = 0
        while agreed < clauses.count {
            agreed = 0
            for clause in clauses {
                var previous: UInt64?
                for set in clause {
                    if let found = set.previousWord(through: index), found >= previous ?? 0 {
                        previous = found
                    }
                }
                guard let previous else { return nil }
                if previous == index { agreed += 1 } else { index = previous }
            }
        }
        return index
    }
}

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
