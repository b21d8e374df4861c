/// One request for work while it is being served, with what it has handed out so far.
struct DispatchRound {
    /// Where a job would run.
    enum Placement {
        case anywhere
        case machine(UInt32, name: Name)

        var name: Name? {
            if case .machine(_, let name) = self { name } else { nil }
        }
    }

    /// What the round says to the next job of the order.
    enum Verdict {
        case granted(Placement)
        /// Its concurrency key is at the limit.
        case laneIsFull
        /// Its queue is at a limit, or it is the head of the queue and fits no machine.
        case queueIsFull
    }

    /// Stands in the events under way for a worker that has no number yet: at most one is new in a round.
    static let newcomer = JobRecord.none - 1

    let worker: Name
    let machine: Name?
    let time: Timestamp
    /// Nil for a worker that is not known yet.
    let knownWorker: UInt32?
    private var cpu: [(machine: UInt32, millis: UInt64)] = []
    private var queues: [(queue: UInt32, left: Int)] = []
    private var keys: [QueueKey: Int] = [:]

    private struct QueueKey: Hashable {
        let queue: UInt32
        let key: Name
    }

    init(worker: Name, machine: Name?, at time: Timestamp, knownWorker: UInt32?) {
        self.worker = worker
        self.machine = machine
        self.time = time
        self.knownWorker = knownWorker
    }

    /// Reserves what the job needs in its queue and on its machine, or says what it lacks.
    mutating func admit(_ slot: UInt32, in queue: UInt32, _ state: borrowing State) -> Verdict {
        let index = index(of: queue, state)
        guard queues[index].left > 0 else { return .queueIsFull }
        let key = state.jobs[slot].concurrencyKey.map { QueueKey(queue: queue, key: $0) }
        if let key, available(key, state) == 0 { return .laneIsFull }
        guard let machine = reserve(slot, state) else { return .queueIsFull }
        queues[index].left -= 1
        if let key { keys[key, default: 1] -= 1 }
        return .granted(machine)
    }

    private mutating func index(of queue: UInt32, _ state: borrowing State) -> Int {
        if let known = queues.firstIndex(where: { $0.queue == queue }) { return known }
        queues.append((queue, state.queues.available(in: queue, at: time)))
        return queues.count - 1
    }

    private mutating func available(_ key: QueueKey, _ state: borrowing State) -> Int {
        if let known = keys[key] { return known }
        let available = state.queues.available(in: key.queue, for: key.key)
        keys[key] = available
        return available
    }

    /// Reserves what the job needs on its machine; nil when it has to wait.
    mutating func reserve(_ slot: UInt32, _ state: borrowing State) -> Placement? {
        let terms = state.jobs[slot].specification.storage.terms
        guard let name = terms.values.requirements.machine ?? machine else { return .anywhere }
        if let own = machine, own != name { return nil }
        guard let machine = state.machines.find(name) else { return nil }
        let millis = state.jobs[slot].cpuMillis
        let known = cpu.firstIndex { $0.machine == machine }
        let taken = known.map { cpu[$0].millis } ?? 0
        guard state.machines[machine].fits(millis, pending: taken) else { return nil }
        if let known { cpu[known].millis += millis } else { cpu.append((machine, millis)) }
        return .machine(machine, name: name)
    }
}
