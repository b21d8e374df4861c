/// The keyed commands of the last while, each with what its answer is derived from.
///
/// Filled from events alone, so a command that wrote nothing isn't remembered, and replay remembers the same. Each
/// actor has keys of its own.
struct IdempotencyTable: Sendable {
    /// For how long, and how many; recorded by each opening.
    var bounds = IdempotencyBounds()
    /// False for a copy to decide ahead on.
    var isOn = true
    private var keys = RememberedKeys()
    private var leased = LeasedKeys()
    /// Full keys and fingerprints of what a build wrote that kept them, by the sequences of their commands: the digests
    /// of its logs are made of these.
    private var spelled: [UInt64: (actor: Name, key: Name, fingerprint: UInt64)] = [:]

    /// Keys that take a slot.
    var count: Int { keys.count }
    var oldestTime: Timestamp? { keys.oldest?.command.time }

    /// What is remembered at a moment; nil for a key that is free.
    func find(_ digest: KeyDigest, at now: Timestamp) -> RememberedCommand? {
        if !leased.isEmpty, let found = leased.find(digest) { return found }
        guard let found = keys.find(digest), now < found.time + bounds.window else { return nil }
        return found
    }

    /// How long an actor has to wait for a slot; nil where there is one.
    ///
    /// Nothing is forgotten within the window: full, the actor that holds most waits until its oldest key falls due, and
    /// for the others an eighth more is kept.
    func wait(of actor: Name, at now: Timestamp) -> TimeSpan? {
        guard !bounds.forgetsOldest, keys.count >= bounds.count else { return nil }
        let oldest = keys.oldest?.command.time
        if let oldest, oldest + bounds.window <= now { return nil }
        let actor = KeyDigest(actor: actor)
        let held = keys.tallies.held(by: actor)
        guard held == keys.tallies.most || keys.count >= bounds.count + max(1, bounds.count / 8) else {
            return nil
        }
        let own = held > 0 ? keys.oldestTime(of: actor) : oldest
        return own.map { $0 + bounds.window - now } ?? bounds.window
    }

    /// Whether the event is of the command that has its key, if one has it.
    func accepts(_ digest: KeyDigest, _ event: Event) -> Bool {
        guard isOn, event.context.isRemembered else { return true }
        return find(digest, at: event.time)?.accepts(event) ?? true
    }

    /// Remembers an event whose command has a key, and which the key's command ``accepts(_:_:)``.
    mutating func record(_ digest: KeyDigest, _ event: Event) {
        guard isOn, event.context.isRemembered else { return }
        // Before, so that a key whose window is over doesn't stand in the order twice.
        expire(at: event.time)
        let actor = KeyDigest(actor: event.context.actor)
        if event.grantsLeaseAlone, !bounds.forgetsOldest, keys.find(digest) == nil {
            return leased.grant(digest, of: actor, event)
        }
        if var command = keys.find(digest) {
            command.record(event)
            keys.update(digest, command)
        } else if var request = leased.remove(digest) {
            request.command.record(event)
            // It takes a slot from here on.
            let run = request.command.run
            let fingerprint = request.command.fingerprint
            keys.append(
                digest,
                of: actor,
                RememberedCommand(fingerprint: fingerprint, time: event.time, run: run)
            )
        } else {
            keys.append(digest, of: actor, RememberedCommand(event))
            if bounds.forgetsOldest { spell(event) }
        }
    }

    private mutating func spell(_ event: Event) {
        guard let key = event.context.idempotencyKey else { return }
        spelled[event.command] = (event.context.actor, key, event.context.fingerprint)
    }

    /// A lease is over, and with its last one the key of the request that it was granted to.
    mutating func endLease(_ counter: UInt64) {
        if !leased.isEmpty { leased.end(counter) }
    }

    /// Forgets what is too old; for logs of builds that did so, what is too much.
    mutating func expire(at now: Timestamp) {
        while let oldest = keys.oldest?.command,
            oldest.time + bounds.window <= now || bounds.forgetsOldest && keys.count > bounds.count
        {
            if !spelled.isEmpty { spelled[oldest.command] = nil }
            keys.removeOldest()
        }
    }
}

extension CanonicalWriter {
    /// Oldest first.
    mutating func idempotency(_ table: IdempotencyTable) {
        table.write(to: &self)
    }
}

extension IdempotencyTable {
    fileprivate func write(to form: inout CanonicalWriter) {
        form.signed(bounds.window.nanoseconds)
        form.number(UInt64(bounds.count))
        keys.forEach { key, actor, command in
            if let spelled = spelled[command.command] {
                form.name(spelled.actor)
                form.name(spelled.key)
                form.number(spelled.fingerprint)
            } else {
                form.key(key, actor, command)
            }
            form.run(command.run)
        }
        for (key, request) in leased.requests.sorted(by: {
            $0.value.command.command < $1.value.command.command
        }) {
            form.key(key, request.actor, request.command)
            form.run(request.command.run)
            form.number(UInt64(request.live))
        }
    }
}

extension CanonicalWriter {
    fileprivate mutating func key(_ key: KeyDigest, _ actor: KeyDigest, _ command: RememberedCommand) {
        // Which no length of a text is.
        number(.max)
        for digest in [key, actor] {
            number(digest.high)
            number(UInt64(digest.low))
        }
        number(UInt64(command.fingerprint))
        signed(command.time.nanoseconds)
    }
}

/// How long, and how many, idempotency keys are remembered.
public struct IdempotencyBounds: Sendable, Hashable {
    /// Of event time.
    public var window: TimeSpan
    /// When there are so many, keyed commands of the actor that holds most are refused with
    /// ``Refusal/tooManyKeys(wait:)``; others have an eighth more.
    ///
    /// Each takes 40 bytes of memory at most; of a command that completed several jobs, or a group, more.
    public var count: Int
    /// As builds did that recorded no such field: the oldest go first, and commands on a lease take a slot too.
    package var forgetsOldest = false

    /// A day, and four million keys, unless another bound is given.
    public init(window: TimeSpan = .seconds(24 * 3600), count: Int = 4_000_000) {
        self.window = max(.zero, window)
        self.count = max(0, count)
    }
}

extension Event {
    /// Whether it is a lease for a request that came alone, or the first of a group.
    fileprivate var grantsLeaseAlone: Bool {
        if case .jobDispatched = body { member == 0 } else { false }
    }
}
