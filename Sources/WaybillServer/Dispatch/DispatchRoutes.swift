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
                + "meanwhile gives back what it was given, unless it asked with an idempotency key."
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
        let reply = DispatchReply(
            leases: served.leases,
            outcomes: request.told(served.outcomes),
            refused: served.refused
        )
        return .json(reply, sequence: served.sequence)
    }
}
