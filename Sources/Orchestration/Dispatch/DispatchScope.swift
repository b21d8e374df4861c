/// The ready jobs that a request may take from.
enum DispatchScope {
    case everything
    /// Each set once.
    case sets([UInt32])

    /// What a request names, narrowed to what its worker is registered for.
    init(_ request: DispatchRequest, _ worker: WorkerSpecification?, _ state: borrowing State) {
        let queues = Self.narrow(request.queues, to: worker?.queues)
        let kinds = Self.narrow(request.kinds, to: worker?.kinds)
        if queues == nil, kinds == nil {
            self = .everything
        } else {
            self = .sets(Self.sets(queues, kinds, state))
        }
    }

    /// Nil for everything; empty for nothing.
    private static func narrow(_ wanted: [Name], to registered: [Name]?) -> [Name]? {
        guard let registered, !registered.isEmpty else { return wanted.isEmpty ? nil : wanted }
        return wanted.isEmpty ? registered : wanted.filter(registered.contains)
    }

    private static func sets(_ queues: [Name]?, _ kinds: [Name]?, _ state: borrowing State) -> [UInt32] {
        var found: [UInt32] = []
        if let queues {
            for name in queues {
                guard let queue = state.queues.find(name) else { continue }
                found += state.ready.sets(of: queue)
            }
            if let kinds { found.removeAll { !kinds.contains(state.ready.sets[Int($0)].kind) } }
        } else {
            for kind in kinds ?? [] { found += state.ready.sets(ofKind: kind) }
        }
        guard found.count > 1 else { return found }
        found.sort()
        return found.indices.compactMap { $0 > 0 && found[$0] == found[$0 - 1] ? nil : found[$0] }
    }

    /// Ready jobs in it, those behind a limit included.
    func count(_ state: borrowing State) -> Int {
        switch self {
        case .everything: return state.ready.count
        case .sets(let sets):
            var count = 0
            for set in sets { count += state.ready.sets[Int(set)].count }
            return count
        }
    }

    /// The jobs in the order in which they are to be taken at a moment.
    func order(_ state: borrowing State, at now: Timestamp) -> DispatchOrder {
        switch self {
        case .sets(let sets): return DispatchOrder(state.ready, sets: sets)
        case .everything:
            var order = DispatchOrder(state.ready)
            // Queues that have got a token again since the last event.
            var position = ChunkedSortedSet<Refill>.Position()
            var seen: [UInt32] = []
            while let refill = state.refills.next(&position), refill.time <= now {
                guard state.ready.isClosed(refill.queue), !seen.contains(refill.queue) else { continue }
                seen.append(refill.queue)
                for set in state.ready.sets(of: refill.queue) { order.begin(set, in: state.ready) }
            }
            return order
        }
    }
}
