/// One request for work while it is being served, with the cpu that it has handed out so far.
struct DispatchRound {
    /// Where a job would run.
    enum Place {
        case anywhere
        case machine(UInt32, name: String)

        var name: String? {
            if case .machine(_, let name) = self { name } else { nil }
        }
    }

    /// Stands in the draft for a worker that has no number yet: at most one is new in a round.
    static let newcomer = JobRecord.none - 1

    let request: Dispatch
    /// Nil for a worker that never had a lease.
    let worker: UInt32?
    private var pending: [(machine: UInt32, cpuMillis: UInt64)] = []

    init(_ request: Dispatch, worker: UInt32?) {
        self.request = request
        self.worker = worker
    }

    /// Takes the room for the job on its machine; nil when it has to wait.
    mutating func place(_ slot: UInt32, _ state: borrowing State) -> Place? {
        let terms = state.jobs[slot].specification.storage.terms
        guard let name = terms.values.requirements.machine ?? request.machine else { return .anywhere }
        if let own = request.machine, own != name { return nil }
        guard let machine = state.machines.find(name) else { return nil }
        let cpuMillis = state.jobs[slot].cpuMillis
        let known = pending.firstIndex { $0.machine == machine }
        let taken = known.map { pending[$0].cpuMillis } ?? 0
        guard state.machines[machine].fits(cpuMillis, pending: taken) else { return nil }
        if let known { pending[known].cpuMillis += cpuMillis } else { pending.append((machine, cpuMillis)) }
        return .machine(machine, name: name)
    }
}
