import Orchestration
import Testing
import Waybill

/// What read models should show, found the slow way: every event goes through the state, and all jobs stand in a list.
struct ModelOracle {
    struct Entry {
        let id: JobID
        let queue: Name
        let kind: Name
        var tags: [Name]
        var priority: Int32
        let created: Timestamp
        let parent: JobID?
        let taskCount: Int
        var changed: Timestamp
        var state: JobState
        var reason: CancellationReason?
        var isHeld = false
        var worker: Name?
        var machine: Name?
        var attempts: UInt32 = 0
        var version: UInt64
        var readySince: Timestamp?
        var failure: Failure?
        var isPruned = false
    }

    private(set) var entries: [Entry] = []
    private(set) var state = State()
    private(set) var queues: Set<Name> = []

    init(_ events: [Event]) throws {
        for event in events { try note(event) }
    }

    var shown: [Entry] { entries.filter { !$0.isPruned } }

    private mutating func note(_ event: Event) throws {
        try state.apply(event)
        if case .queueConfigured(let queue) = event.body { queues.insert(queue.name) }
        guard let id = event.body.job else { return }
        switch event.body {
        case .jobCreated(_, let specification), .suggestionMade(_, let specification):
            queues.insert(specification.queue)
            entries.append(
                Entry(
                    id: id,
                    queue: specification.queue,
                    kind: specification.kind,
                    tags: specification.tags,
                    priority: specification.priority,
                    created: event.time,
                    parent: specification.parent,
                    taskCount: Int(specification.taskCount),
                    changed: event.time,
                    state: .proposed,
                    version: event.sequence
                )
            )
        default: break
        }
        let index = Int(id.rawValue) - 1
        var entry = entries[index]
        entry.version = event.sequence
        entry.worker = nil
        entry.readySince = nil
        let before = entry.state
        if let job = state[id] {
            entry.state = job.state
            entry.tags = job.specification.tags
            entry.priority = job.specification.priority
            entry.isHeld = job.isHeld
            entry.attempts = job.attempts
            entry.worker = job.state == .running ? job.worker : nil
            entry.machine = job.machine ?? entry.machine
            entry.readySince = job.readySince
            entry.reason = nil
        } else if let outcome = state.outcome(of: id) {
            (entry.state, entry.reason, entry.isHeld) = (outcome.state, outcome.reason, false)
        } else {
            entry.isPruned = true
        }
        if entry.state != before { entry.changed = event.time }
        switch event.body {
        case .attemptFailed(_, _, let failure): entry.failure = failure
        case .leaseExpired: entry.failure = nil
        case .jobRedriven: entry.failure = nil
        default: break
        }
        entries[index] = entry
    }
}

extension ModelOracle.Entry {
    func meets(_ filter: JobFilter) -> Bool {
        (filter.states.isEmpty || filter.states.contains(state))
            && (filter.queue.map { $0 == queue } ?? true) && (filter.kind.map { $0 == kind } ?? true)
            && (filter.tag.map { tags.contains($0) } ?? true)
            && (filter.machine.map { $0 == machine } ?? true)
            && (filter.worker.map { $0 == worker } ?? true)
            && (filter.isHeld.map { $0 == isHeld } ?? true)
            && (filter.ids.map { $0.contains(id) } ?? true)
            && (filter.createdFrom.map { created >= $0 } ?? true)
            && (filter.createdBefore.map { created < $0 } ?? true)
            && (filter.changedFrom.map { changed >= $0 } ?? true)
            && (filter.changedBefore.map { changed < $0 } ?? true)
    }

    func isShown(as summary: JobSummary) -> Bool {
        summary.id == id && summary.kind == kind && summary.queue == queue && summary.state == state
            && summary.cancellation == reason && summary.priority == priority && summary.tags == tags
            && summary.isHeld == isHeld && summary.worker == worker && summary.machine == machine
            && summary.createdAt == created && summary.changedAt == changed && summary.version == version
            && (state.isTerminal || summary.attempts == attempts)
    }
}
