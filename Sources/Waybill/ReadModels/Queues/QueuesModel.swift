public import Orchestration

/// Queues with their counts, kept as events pass: reading them costs nothing that grows with the jobs.
public actor QueuesModel: Follower {
    static let mask = ProjectionMask.queues
    let progress: ProjectionWatermark
    var folded: UInt64 = 0

    private struct Entry {
        var specification: QueueSpecification
        var status = QueueStatus.open
        var counts = [Int](repeating: 0, count: JobState.allCases.count + 1)
        var held = 0
        var line = WaitingLine()
        var attempts = AttemptTally()
    }

    private let names: JobNames
    /// By the number of their names.
    private var entries: [Entry] = []
    private var order = ChunkedSortedSet<Name>()
    private var totals = [Int](repeating: 0, count: JobState.allCases.count + 1)

    init(names: JobNames, _ progress: ProjectionWatermark) {
        self.progress = progress
        self.names = names
    }

    /// Every queue that ever held a job or was configured, by name.
    public func all() -> [QueueSummary] { page(limit: .max) }

    /// Those behind the name `cursor`, or all, by name; at most `limit`.
    public func page(after cursor: Name? = nil, limit: Int = 100) -> [QueueSummary] {
        order.elements(after: cursor, limit: limit).compactMap { self[$0] }
    }

    /// Nil for a queue that nobody configured or put a job into.
    public subscript(queue: Name) -> QueueSummary? {
        guard let number = names.knownQueue(queue), Int(number) < entries.count else { return nil }
        return summary(entries[Int(number)])
    }

    /// Jobs in a state, over all queues.
    public func total(_ state: JobState) -> Int { totals[Int(state.rawValue)] }

    func fold(_ event: Event, _ delta: JobDelta) {
        guard delta.queue != JobDelta.none else { return }
        let queue = Int(delta.queue)
        while entries.count <= queue {
            let name = names.queue(UInt32(entries.count))
            entries.append(Entry(specification: QueueSpecification(name: name)))
            order.insert(name)
        }
        switch event.body {
        case .queueConfigured(let specification): entries[queue].specification = specification
        case .queueStatusSet(_, let status): entries[queue].status = status
        default:
            entries[queue].attempts.count(event.body)
            if delta.isChange { move(queue, delta, at: event.time) }
            if delta.isHeld != delta.wasHeld { hold(queue, delta, at: event.time) }
        }
    }

    private func move(_ queue: Int, _ delta: JobDelta, at time: Timestamp) {
        if let before = delta.before { count(queue, before, -1) }
        if let after = delta.after { count(queue, after, 1) }
        if delta.before == .ready, !delta.wasHeld { entries[queue].line.leave(since: delta.since) }
        if delta.after == .ready, !delta.isHeld { entries[queue].line.join(since: time) }
    }

    private func hold(_ queue: Int, _ delta: JobDelta, at time: Timestamp) {
        entries[queue].held += delta.isHeld ? 1 : -1
        guard !delta.isChange, delta.after == .ready else { return }
        if delta.isHeld {
            entries[queue].line.leave(since: delta.since)
        } else {
            entries[queue].line.join(since: delta.since)
        }
    }

    private func count(_ queue: Int, _ state: JobState, _ change: Int) {
        entries[queue].counts[Int(state.rawValue)] += change
        totals[Int(state.rawValue)] += change
    }

    private func summary(_ entry: Entry) -> QueueSummary {
        QueueSummary(
            byState: entry.counts,
            specification: entry.specification,
            status: entry.status,
            held: entry.held,
            oldestReady: entry.line.oldest,
            attempts: entry.attempts
        )
    }
}

/// A queue with what it holds; the tokens of its rate stand in the state alone.
public struct QueueSummary: Sendable, Hashable {
    private let byState: [Int]
    /// As it was configured last; a queue that nobody configured has no limits.
    public let specification: QueueSpecification
    /// Whether it takes and gives jobs.
    public let status: QueueStatus
    /// Waiting jobs that are kept from being dispatched.
    public let held: Int
    /// Since when the ready job waits that has waited longest, held ones apart; nil when none is ready.
    public let oldestReady: Timestamp?
    /// How its attempts ended.
    public let attempts: AttemptTally

    init(
        byState: [Int],
        specification: QueueSpecification,
        status: QueueStatus,
        held: Int,
        oldestReady: Timestamp?,
        attempts: AttemptTally
    ) {
        self.byState = byState
        self.specification = specification
        self.status = status
        self.held = held
        self.oldestReady = oldestReady
        self.attempts = attempts
    }

    /// What jobs name it by.
    public var name: Name { specification.name }

    /// Jobs of the queue in this state.
    public subscript(state: JobState) -> Int { byState[Int(state.rawValue)] }

    /// Jobs in any state, pruned ones apart.
    public var total: Int { byState.reduce(0, +) }

    /// Waiting jobs: blocked, scheduled or ready.
    public var depth: Int { self[.blocked] + self[.scheduled] + self[.ready] }

    /// Running jobs, which its concurrency bounds.
    public var inFlight: Int { self[.running] }

    /// How many more may run at once; nil without a limit.
    public var available: Int? { specification.concurrency.map { max(0, Int($0) - inFlight) } }
}
