import Orchestration

/// How many jobs of each queue and kind are in which state: 44 bytes for each such pair.
struct JobStateCounts {
    private static let states = JobState.allCases.count + 1

    /// By the pair's number in ``QueueKindTable``.
    private var pairs: [QueueKindTable.Pair] = []
    /// So many in a row for each pair as there are states.
    private var counts: [UInt32] = []

    /// A pair that is new has the next number.
    mutating func add(_ queueKind: UInt32, _ pair: QueueKindTable.Pair, _ state: JobState) {
        if Int(queueKind) == pairs.count {
            pairs.append(pair)
            counts.append(contentsOf: repeatElement(0, count: Self.states))
        }
        counts[index(queueKind, state)] += 1
    }

    mutating func move(_ queueKind: UInt32, from before: JobState, to after: JobState) {
        counts[index(queueKind, before)] -= 1
        counts[index(queueKind, after)] += 1
    }

    mutating func remove(_ queueKind: UInt32, _ state: JobState) {
        counts[index(queueKind, state)] -= 1
    }

    /// Of all pairs with the queue, with the kind, or with both; states without jobs are left out.
    func counts(queue: UInt32?, kind: UInt32?) -> [JobState: Int] {
        var sums: [JobState: Int] = [:]
        for (queueKind, pair) in pairs.enumerated() {
            guard queue.map({ $0 == pair.queue }) ?? true, kind.map({ $0 == pair.kind }) ?? true else {
                continue
            }
            for state in JobState.allCases {
                let count = counts[index(UInt32(queueKind), state)]
                if count > 0 { sums[state, default: 0] += Int(count) }
            }
        }
        return sums
    }

    private func index(_ queueKind: UInt32, _ state: JobState) -> Int {
        Int(queueKind) * Self.states + Int(state.rawValue)
    }
}

extension JobProjection {
    /// Jobs by state; those of a name that was never seen are none.
    func counts(queue: Name?, kind: Name?) -> [JobState: Int] {
        if queue == nil, kind == nil {
            var counts: [JobState: Int] = [:]
            for state in JobState.allCases {
                let count = indexes.states[Int(state.rawValue)].count
                if count > 0 { counts[state] = count }
            }
            return counts
        }
        let numbers = (queue: queue.flatMap(names.knownQueue), kind: kind.flatMap(names.knownKind))
        if queue != nil, numbers.queue == nil { return [:] }
        if kind != nil, numbers.kind == nil { return [:] }
        return stateCounts.counts(queue: numbers.queue, kind: numbers.kind)
    }
}
