/// The fields of an event's envelope as they stand in the bytes, before distances are turned into sequences.
private struct Envelope {
    var time = Timestamp.zero
    var actor: Name = ""
    var sequence: UInt64 = 0
    var command: UInt64 = 0
    var member: UInt32 = 0
    var cause: UInt64 = 0
    var links = BackLinks()
    var idempotencyKey: Name?
    var reason: String?
    var traceparent: String?
    var expectedVersion: UInt64?
    var fingerprint: UInt64 = 0
    var isPlain = true

    func context(_ contexts: inout ContextCache) -> CommandContext {
        if isPlain { return contexts.context(actor: actor) }
        return CommandContext(
            actor: actor,
            idempotencyKey: idempotencyKey,
            fingerprint: fingerprint,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The sequence so far back; 0 for none.
    func sequence(back: UInt64) -> UInt64 {
        back == 0 ? 0 : sequence &- back
    }
}

extension WireReader {
    mutating func event(_ contexts: inout ContextCache) throws(CodecError) -> Event {
        var envelope = Envelope()
        var body: (field: UInt32, message: WireReader)?
        while try next() {
            switch field {
            case 1: envelope.time = try timestamp()
            case 2: envelope.actor = try name()
            case 3: envelope.sequence = try uint()
            case 4: envelope.command = try uint()
            case 5: envelope.cause = try uint()
            case 6: envelope.links.job = try uint()
            case 7: envelope.links.worker = try uint()
            case 8: envelope.links.machine = try uint()
            case 9...42: body = (field, try message())
            case 105: envelope.member = try uint32()
            default: try rare(&envelope)
            }
        }
        guard var body else { throw .unknownEvent(sequence: envelope.sequence) }
        let position = EventPosition(sequence: envelope.sequence, time: envelope.time)
        return Event(
            sequence: envelope.sequence,
            time: envelope.time,
            command: envelope.sequence &- envelope.command,
            member: envelope.member,
            cause: envelope.sequence(back: envelope.cause),
            context: envelope.context(&contexts),
            links: BackLinks(
                job: envelope.sequence(back: envelope.links.job),
                worker: envelope.sequence(back: envelope.links.worker),
                machine: envelope.sequence(back: envelope.links.machine)
            ),
            body: try body.message.body(body.field, position)
        )
    }

    private mutating func rare(_ envelope: inout Envelope) throws(CodecError) {
        switch field {
        case 100: envelope.idempotencyKey = try name()
        case 101: envelope.reason = try text()
        case 102: envelope.traceparent = try text()
        case 103: envelope.expectedVersion = try uint()
        case 104: envelope.fingerprint = try fixed()
        default: return try skip()
        }
        envelope.isPlain = false
    }
}

/// The newest context that was read: a run of events mostly has one actor and nothing else, and shares the object.
struct ContextCache {
    private var newest = CommandContext.engine

    mutating func context(actor: Name) -> CommandContext {
        // Byte by byte: equal texts may be written in more than one way.
        if newest.actor.utf8.elementsEqual(actor.utf8) { return newest }
        newest = CommandContext(actor: actor)
        return newest
    }
}

/// What the distances inside an event's body are counted from.
struct EventPosition {
    let sequence: UInt64
    let time: Timestamp

    /// Wraps, as the writer does, so that every moment survives.
    func after(_ nanoseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: time.nanoseconds &+ nanoseconds)
    }
}
