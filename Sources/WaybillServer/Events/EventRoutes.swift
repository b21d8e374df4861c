import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// What happens, as it happens, under `/v1/events`.
enum EventRoutes {
    static let endpoints: [EngineEndpoint] = [follow]

    private static let follow = EngineEndpoint(
        .get,
        "/v1/events",
        APIOperation(
            "Events",
            "followEvents",
            "Follow events as server-sent events",
            "Each has its place as `id`, its type as `event`, and itself as JSON in `data`. `Last-Event-ID` goes on exactly "
                + "behind that event; it goes before `from`. The first block is an `id` alone: where the stream begins. The last event is `end`, with a reason, where the server ends it."
        )
        .query(
            .init(
                "from",
                .text(pattern: "^(start|[0-9]{1,19}(\\.[0-9]{1,19})?)$"),
                "`start` for the beginning, a sequence, or an event's id: what comes after it. Without it: from now on"
            ),
            .init(
                "types",
                .text(pattern: "^(\(types))(,(\(types)))*$"),
                "Types with commas between them, such as job.created"
            ),
            .init("subject", .job, "A job and its tasks"),
            .init("queue", .text(), "Of this queue and its jobs"),
            .init("kind", .text(), "Of jobs of this kind"),
            .init("tag", .text(), "Of jobs with this tag"),
            .init("Last-Event-ID", .token, "The `id` of the last event seen", isHeader: true)
        )
        .answers(
            .init(200, "Events, until somebody ends it", contentType: "text/event-stream"),
            .init(
                410,
                "The place is not part of the log: read anew",
                .named("Problem"),
                contentType: "application/problem+json"
            ),
            .init(
                503,
                "As many follow as may, or the log isn't whole",
                .named("Problem"),
                contentType: "application/problem+json"
            )
        )
    ) { call in
        let engine = call.engine
        let cursor = try cursor(&call)
        let filter = try filter(&call)
        try call.query.finish()
        let events = try engine.events(matching: filter, after: cursor)
        // Said before the answer has begun, as far as it can be.
        if cursor.sequence < engine.durableSequence { try await engine.examineLog() }
        let stream = LiveEvents(
            events: events,
            beginning: cursor,
            engine: engine,
            connection: call.connection,
            pingInterval: call.limits.ping,
            permit: try call.subscribers.permit()
        )
        return Reply(
            .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: .stream { writer in try await stream.write(to: &writer) }
        )
    }

    private static let types = Event.Body.names.joined(separator: "|").replacing(".", with: "\\.")

    /// Behind which event to begin.
    private static func cursor(_ call: inout EngineCall) throws -> Cursor {
        let from = try call.query.text("from")
        if let last = call.headers[.lastEventID] {
            guard let cursor = Cursor(last) else {
                throw Problem.invalid("Last-Event-ID", "must be an event's id, such as 1.17")
            }
            return cursor
        }
        let durable = call.engine.durableSequence
        guard let from else { return call.engine.cursor(after: durable) }
        if from == "start" || from == "0" { return .start }
        if let cursor = Cursor(from) { return cursor }
        guard let sequence = UInt64(from) else {
            throw Problem.invalid("from", "must be start, a sequence, or an event's id, such as 1.17")
        }
        guard sequence <= durable else {
            throw EngineError.resync(Cursor(epoch: 0, sequence: sequence))
        }
        return call.engine.cursor(after: sequence)
    }

    private static func filter(_ call: inout EngineCall) throws -> EventFilter {
        let types = Set(try call.query.list("types"))
        if let unknown = types.subtracting(Event.Body.names).min() {
            throw Problem.invalid("types", "has \(unknown), which is no type of event")
        }
        return EventFilter(
            types: types,
            subject: try call.query.integer("subject", in: 1...UInt64.max).map { JobID($0) },
            queue: try call.query.name("queue"),
            kind: try call.query.name("kind"),
            tag: try call.query.name("tag")
        )
    }
}

/// The shape of an event.
enum EventSchemas {
    static let schemas: [NamedSchema] = [
        (
            "Event",
            .object(
                [
                    .required("sequence", .natural(from: 1)), .required("time", .dateTime),
                    .required("type", .choice(Event.Body.names)), .required("actor", .text()),
                    .optional("command", .sequence), .optional("member", .natural(from: 1)),
                    .optional("cause", .sequence),
                    .optional("idempotencyKey", .text()), .optional("reason", .text()),
                    .optional("traceparent", .text()), .optional("job", .job),
                ],
                isOpen: true
            )
        )
    ]
}
