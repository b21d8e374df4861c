/// Who asks, and what goes into every event that the command causes.
///
/// Immutable, so that many commands share one.
public final class CommandContext: Sendable, Hashable {
    /// The principal who asks.
    public let actor: String
    /// Recorded with the events; not yet honoured: the same key twice is two commands.
    public let idempotencyKey: String?
    public let reason: String?
    /// W3C `traceparent`, recorded with the events.
    public let traceparent: String?
    /// For commands on one job: refused with `versionConflict` unless the job's last sequence is this.
    public let expectedVersion: UInt64?

    public init(
        actor: String,
        idempotencyKey: String? = nil,
        reason: String? = nil,
        traceparent: String? = nil,
        expectedVersion: UInt64? = nil
    ) {
        self.actor = actor
        self.idempotencyKey = idempotencyKey
        self.reason = reason
        self.traceparent = traceparent
        self.expectedVersion = expectedVersion
    }

    public static func == (left: CommandContext, right: CommandContext) -> Bool {
        left === right
            || (left.actor == right.actor && left.idempotencyKey == right.idempotencyKey
                && left.reason == right.reason && left.traceparent == right.traceparent
                && left.expectedVersion == right.expectedVersion)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(actor)
        hasher.combine(idempotencyKey)
    }
}
