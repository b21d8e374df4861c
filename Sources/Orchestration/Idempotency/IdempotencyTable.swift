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

    /// For how long, and how many at most; recorded by each opening.
    var bounds = IdempotencyBounds()
    private var commands: [Key: RememberedCommand] = [:]
    /// Oldest first.
    private var order = Deque<Key>()

    var isEmpty: Bool { order.isEmpty }

    /// What is remembered at a moment; nil for a key that is free.
    func find(_ key: Key, at now: Timestamp) -> RememberedCommand? {
        guard let found = commands[key], now < found.time + bounds.window else { return nil }
        return found
    }

    /// Remembers an event whose command has a key, and which the key's command ``accepts(_:_:)``.
    mutating func record(_ key: String, _ event: Event) {
        // Before, so that a key whose window is over doesn't stand in the order twice.
        expire(at: event.time)
        let key = Key(actor: event.context.actor, key: key)
        guard commands[key] == nil else {
            commands[key]?.record(event)
            return
        }
        commands[key] = RememberedCommand(event)
        order.append(key)
    }

    /// Whether the event is of the command that has the key, if one has it.
    func accepts(_ key: String, _ event: Event) -> Bool {
        let name = Key(actor: event.context.actor, key: key)
        return find(name, at: event.time)?.accepts(event) ?? true
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
    func forEach(_ body: (Key, RememberedCommand) -> Void) {
        for key in order {
            if let found = commands[key] { body(key, found) }
        }
    }
}
