/// Who asks, and what goes into every event that the command causes.
///
/// Immutable, so that many commands share one.
public final class CommandContext: Sendable, Hashable {
    /// The principal who asks.
    public let actor: Name
    /// The same key by the same actor twice is one command: the second gets the answer of the first.
    ///
    /// Remembered for ``IdempotencyBounds/window`` of event time, and as many as ``IdempotencyBounds/count``. What was
    /// refused, and what wrote nothing, isn't: it is decided anew. A request for work is remembered as long as its leases,
    /// and a command on a lease by its token.
    public let idempotencyKey: Name?
    /// Of the command that came with the key; 0 without one, and for a command on a lease, which isn't remembered by it.
    ///
    /// The core sets it, and the events carry it.
    let fingerprint: UInt64
    /// The fingerprint of a request that is more than its commands; nil where they are all of it.
    let request: UInt64?
    /// Why, in the caller's words.
    public let reason: String?
    /// W3C `traceparent`, recorded with the events.
    public let traceparent: String?
    /// For commands on one job: refused with `versionConflict` unless the job's last sequence is this.
    public let expectedVersion: UInt64?

    /// A context; only who asks has to be said.
    ///
    /// - Parameters:
    ///   - actor: The principal who asks.
    ///   - idempotencyKey: Makes the command and its repetitions by this actor one.
    ///   - reason: Why, in the caller's words.
    ///   - traceparent: W3C `traceparent` of what the command is a part of.
    ///   - expectedVersion: For commands on one job: the ``Job/lastSequence`` that the caller has seen of it.
    public convenience init(
        actor: Name,
        idempotencyKey: Name? = nil,
        reason: String? = nil,
        traceparent: String? = nil,
        expectedVersion: UInt64? = nil
    ) {
        self.init(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: 0,
            request: nil,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    init(
        actor: Name,
        idempotencyKey: Name?,
        fingerprint: UInt64,
        request: UInt64? = nil,
        reason: String?,
        traceparent: String?,
        expectedVersion: UInt64?
    ) {
        self.fingerprint = fingerprint
        self.request = request
        self.actor = actor
        self.idempotencyKey = idempotencyKey
        self.reason = reason
        self.traceparent = traceparent
        self.expectedVersion = expectedVersion
    }

    public static func == (left: CommandContext, right: CommandContext) -> Bool {
        left === right
            || (left.actor == right.actor && left.idempotencyKey == right.idempotencyKey
                && left.fingerprint == right.fingerprint && left.request == right.request
                && left.reason == right.reason
                && left.traceparent == right.traceparent
                && left.expectedVersion == right.expectedVersion)
    }

    /// Whether the events' command is remembered by its key.
    var isRemembered: Bool { idempotencyKey != nil && fingerprint != 0 }

    /// The same with a reason, or as it is where there is none.
    public func with(reason: String?) -> CommandContext {
        guard let reason else { return self }
        return CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: fingerprint,
            request: request,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The same for a request whose commands follow from what there is, so that they would be others when it is
    /// repeated: its key is that of the request, whatever the commands are.
    ///
    /// - Parameter request: All that the request says, part by part.
    package func asking(_ request: [String]) -> CommandContext {
        var print = Fingerprint()
        // Which neither a command nor a group begins with.
        print.number(2 << 32)
        print.list(request) { $0.text($1) }
        return CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: fingerprint,
            request: print.value,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The same with the fingerprint of the command that it came with; without the key if that is always new.
    func marked(for command: Command) -> CommandContext {
        if command.isHeartbeat { return marked(key: nil, 0) }
        return marked(key: idempotencyKey, request ?? command.fingerprint)
    }

    func marked(key: Name?, _ fingerprint: UInt64) -> CommandContext {
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
