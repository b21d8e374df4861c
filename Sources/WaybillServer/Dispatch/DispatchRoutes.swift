import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// Work for those who ask, under `/v1/dispatch`.
enum DispatchRoutes {
    static let endpoints: [EngineEndpoint] = [dispatch]

    private static let dispatch = EngineEndpoint(
        .post,
        "/v1/dispatch",
        APIOperation(
            "Dispatch",
            "dispatch",
            "Complete jobs and take new ones, in one round trip",
            "Each completion has an outcome of its own, null for done; they and the new leases don't depend on each other. "
                + "With `waitMs` the answer comes as soon as there is work, and is empty when the time is over. Who goes away "
                + "meanwhile gives back what it was given."
        )
        .body(.named("Dispatch"))
        .answers(.init(200, "None to `max` leases", .named("Dispatched")))
    ) { call in
        try call.query.finish()
        var fields = try call.fields()
        let request = try DispatchBody(&fields, longest: call.limits.wait)
        let context = try call.context(&fields)
        try fields.finish()
        let served = try await LongPoll(request, context, call).serve()
        var json = JSONWriter()
        json.list("leases", served.leases) { $0.write(to: &$1) }
        json.list("outcomes", orNull: served.outcomes) { refusal, json in
            json.field("code", refusal.code)
            json.field("detail", refusal.description)
        }
        if let refused = served.refused {
            json.object("refused") { json in
                json.field("code", refused.code)
                json.field("detail", refused.description)
            }
        }
        return .json(json.finish(), sequence: served.sequence)
    }
}

extension Lease {
    func write(to json: inout JSONWriter) {
        json.field("job", job.rawValue)
        json.field("token", token.description)
        json.field("deadline", deadline.rfc3339)
        json.field("attempt", UInt64(attempt))
        json.optional("machine", machine)
        json.optional("traceparent", traceparent)
        json.field("kind", specification.kind)
        json.field("queue", specification.queue)
        json.field("priority", Int64(specification.priority))
        json.field("tags", specification.tags)
        json.whole("attributes", specification.attributes)
        json.seconds("lease", specification.timeouts.lease)
        json.content("payload", type: "contentType", specification.payload, specification.contentType)
    }
}
