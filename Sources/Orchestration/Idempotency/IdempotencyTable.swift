import DequeModule

/// The keyed commands of the last while, each with what its answer is derived from.
///
/// Filled from events alone, so a command that wrote nothing isn't remembered, and replay remembers the same.
struct IdempotencyTable: Sendable {
    /// Each principal has keys of its own.
    struct Key: Hashable, Sendable {
        let actor: String
        let key: String
    }

    struct Completed: Sendable, Hashable {
        let job: JobID
        let token: LeaseToken
    }

    struct Remembered: Sendable, Hashable {
        let fingerprint: UInt64
        /// The sequences of the command's events.
        var events: ClosedRange<UInt64>
        /// The first job that it created, 0 for none; several have successive numbers.
        var firstJob: UInt64 = 0
        /// The jobs that it completed, in order, each with its lease.
        var completed: [Completed] = []
        let time: Timestamp
    }

    /// For how long, and how many at most; recorded by each opening.
    var bounds = IdempotencyBounds()
    private var commands: [Key: Remembered] = [:]
    /// Oldest first.
    private var order = Deque<Key>()

    var isEmpty: Bool { order.isEmpty }

    /// What is remembered at a moment; nil for a key that is free.
    func find(_ key: Key, at now: Timestamp) -> Remembered? {
        guard let found = commands[key], now < found.time + bounds.window else { return nil }
        return found
    }

    /// Takes note of an event whose command has a key.
    mutating func note(_ key: String, _ event: Event) {
        // Before, so that a key whose window is over doesn't stand in the order twice.
        expire(at: event.time)
        let key = Key(actor: event.context.actor, key: key)
        if commands[key]?.events.lowerBound == event.command {
            commands[key]?.events = event.command...event.sequence
            commands[key]?.note(event.body)
            return
        }
        var fresh = Remembered(
            fingerprint: event.context.fingerprint,
            events: event.sequence...event.sequence,
            time: event.time
        )
        fresh.note(event.body)
        commands[key] = fresh
        order.append(key)
    }

    /// Whether the key is another command's than the event's.
    func isTaken(_ key: String, for event: Event) -> Bool {
        let name = Key(actor: event.context.actor, key: key)
        guard let found = find(name, at: event.time) else { return false }
        return found.events.lowerBound != event.command
    }

    /// Forgets what is too old or too much.
    mutating func expire(at now: Timestamp) {
        while let oldest = order.first, let found = commands[oldest],
            found.time + bounds.window <= now || order.count > bounds.count
        {
            order.removeFirst()
            commands[oldest] = nil
        }
    }

    /// Oldest first.
    func forEach(_ body: (Key, Remembered) -> Void) {
        for key in order {
            if let found = commands[key] { body(key, found) }
        }
    }
}

extension IdempotencyTable.Remembered {
    fileprivate mutating func note(_ body: Event.Body) {
        switch body {
        case .jobCreated(let job, _), .suggestionMade(let job, _):
            if firstJob == 0 { firstJob = job.rawValue }
        case .jobSucceeded(let job, let token, _):
            completed.append(.init(job: job, token: token))
        default: break
        }
    }
}
