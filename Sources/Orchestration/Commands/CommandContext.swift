/// Who asks, and what goes into every event that the command causes.
///
/// Immutable, so that many commands share one.
public final class CommandContext: Sendable, Hashable {
    /// The principal who asks.
    public let actor: String
    /// The same key by the same actor twice is one command: the second gets the answer of the first.
    ///
    /// Remembered for ``IdempotencyBounds/window`` of event time; a command that wrote nothing isn't.
    public let idempotencyKey: String?
    /// Of the command that came with the key; 0 without one.
    ///
    /// The core sets it, and the events carry it.
    let fingerprint: UInt64
    public let reason: String?
    /// W3C `traceparent`, recorded with the events.
    public let traceparent: String?
    /// For commands on one job: refused with `versionConflict` unless the job's last sequence is this.
    public let expectedVersion: UInt64?

    public convenience init(
        actor: String,
        idempotencyKey: String? = nil,
        reason: String? = nil,
        traceparent: String? = nil,
        expectedVersion: UInt64? = nil
    ) {
        self.init(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: 0,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    init(
        actor: String,
        idempotencyKey: String?,
        fingerprint: UInt64,
        reason: String?,
        traceparent: String?,
        expectedVersion: UInt64?
    ) {
        self.fingerprint = fingerprint
        self.actor = actor
        self.idempotencyKey = idempotencyKey
        self.reason = reason
        self.traceparent = traceparent
        self.expectedVersion = expectedVersion
    }

    public static func == (left: CommandContext, right: CommandContext) -> Bool {
        left === right
            || (left.actor == right.actor && left.idempotencyKey == right.idempotencyKey
                && left.fingerprint == right.fingerprint && left.reason == right.reason
                && left.traceparent == right.traceparent
                && left.expectedVersion == right.expectedVersion)
    }

    /// The same with a reason, or as it is where there is none.
    public func with(reason: String?) -> CommandContext {
        guard let reason else { return self }
        return CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: fingerprint,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The same with the fingerprint of the command that it came with; without the key if that is always new.
    func marked(for command: Command) -> CommandContext {
        let isRepeatable = !command.isHeartbeat
        return marked(key: isRepeatable ? idempotencyKey : nil, isRepeatable ? command.fingerprint : 0)
    }

    func marked(key: String?, _ fingerprint: UInt64) -> CommandContext {
        CommandContext(
            actor: actor,
            idempotencyKey: key,
            fingerprint: fingerprint,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The same for a member of the group that it came with.
    func of(_ member: CommandGroup.Member) -> CommandContext {
        if member.reason == nil, member.expectedVersion == nil { return self }
        return CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: fingerprint,
            reason: member.reason ?? reason,
            traceparent: traceparent,
            expectedVersion: member.expectedVersion
        )
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(actor)
        hasher.combine(idempotencyKey)
    }
}
