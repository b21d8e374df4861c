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
