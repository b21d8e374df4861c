public import Orchestration

/// Workers that registered or were ever given a job.
public actor WorkersModel: Follower {
    static let mask = ProjectionMask.workers
    let progress: ProjectionWatermark
    var folded: UInt64 = 0

    private struct Entry {
        var registration: WorkerSpecification?
        var running = 0
        var isDraining = false
        var lastSeen: Timestamp?
        var attempts = AttemptTally()
    }

    private let names: JobNames
    /// By the number of their names.
    private var entries: [Entry] = []
    private var order = ChunkedSortedSet<Name>()

    init(names: JobNames, _ progress: ProjectionWatermark) {
        self.progress = progress
        self.names = names
    }

    /// By name.
    public func all() -> [WorkerSummary] { page(limit: .max) }

    /// Those behind the name `cursor`, or all, by name; at most `limit`.
    public func page(after cursor: Name? = nil, limit: Int = 100) -> [WorkerSummary] {
        order.elements(after: cursor, limit: limit).compactMap { self[$0] }
    }

    /// Nil for a worker that never registered and never had a lease.
    public subscript(name: Name) -> WorkerSummary? {
        guard let number = names.knownWorker(name), Int(number) < entries.count else { return nil }
        return summary(Int(number))
    }

    func fold(_ event: Event, _ delta: JobDelta) {
        guard delta.worker != JobDelta.none else { return }
        let worker = Int(delta.worker)
        while entries.count <= worker {
            order.insert(names.worker(UInt32(entries.count)))
            entries.append(Entry())
        }
        if delta.before == .running, delta.after != .running { entries[worker].running -= 1 }
        if delta.before != .running, delta.after == .running { entries[worker].running += 1 }
        entries[worker].attempts.count(event.body)
        switch event.body {
        case .workerRegistered(let specification):
            entries[worker].registration = specification
            entries[worker].isDraining = false
            entries[worker].lastSeen = event.time
        case .workerDrained: entries[worker].isDraining = true
        case .jobDispatched, .leaseRenewed, .jobProgressed, .jobSucceeded, .jobSnoozed, .jobReleased:
            entries[worker].lastSeen = event.time
        case .attemptFailed where event.context != .engine:
            // Not one that timed out: the engine says that, not the worker.
            entries[worker].lastSeen = event.time
        default: return
        }
    }

    private func summary(_ worker: Int) -> WorkerSummary {
        let entry = entries[worker]
        return WorkerSummary(
            name: names.worker(UInt32(worker)),
            registration: entry.registration,
            running: entry.running,
            isDraining: entry.isDraining,
            lastSeen: entry.lastSeen,
            attempts: entry.attempts
        )
    }
}

/// A worker with what it holds and how its attempts ended.
public struct WorkerSummary: Sendable, Hashable {
    /// What it is known by.
    public let name: Name
    /// What it said when it registered last; nil for one that never did.
    public let registration: WorkerSpecification?
    /// Jobs that it holds; ``JobFilter/worker`` lists them.
    public let running: Int
    /// Whether it gets nothing more.
    public let isDraining: Bool
    /// When it last gave a sign of life that stands in the log: heartbeats without progress don't.
    public let lastSeen: Timestamp?
    /// How its attempts ended.
    public let attempts: AttemptTally

    /// Slots that are free; nil for a worker that never said how many it has.
    public var available: Int? { registration.map { max(0, Int($0.slots) - running) } }
}
