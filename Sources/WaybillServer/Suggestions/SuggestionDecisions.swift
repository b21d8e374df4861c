import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// What is decided of suggestions.
enum SuggestionDecisions {
    static let endpoints: [EngineEndpoint] = [
        one("approve", "Make a suggestion a job", "It is a job now") { engine, ids, context in
            try await engine.approve(ids, by: context)
        },
        one("reject", "Take a suggestion out of the inbox for good", "It is cancelled") {
            engine,
            ids,
            context in
            try await engine.reject(ids, by: context)
        },
        many("approve", "Make suggestions jobs, all or none") { engine, ids, context in
            try await engine.approve(ids, by: context)
        },
        many("reject", "Take suggestions out of the inbox, all or none") { engine, ids, context in
            try await engine.reject(ids, by: context)
        },
    ]

    private typealias Act = @Sendable (Engine, [JobID], CommandContext) async throws -> Committed<Void>

    private static func one(_ verb: String, _ summary: String, _ done: String, _ act: @escaping Act)
        -> EngineEndpoint
    {
        let contract = APIOperation("Suggestions", "\(verb)Suggestion", summary)
            .body(.named("Reason"), isRequired: false).answers(.init(204, done))
        return EngineEndpoint(.post, "/v1/suggestions/{id}/\(verb)", contract) { call in
            let id = try call.job()
            let context = try call.reasonedContext()
            return .empty(sequence: try await act(call.engine, [id], context).sequence)
        }
    }

    private static func many(_ verb: String, _ summary: String, _ act: @escaping Act) -> EngineEndpoint {
        let contract = APIOperation("Suggestions", "\(verb)Suggestions", summary).body(.named("JobIDs"))
            .answers(.init(200, "What was done", .named("BulkOutcome")))
        return EngineEndpoint(.post, "/v1/suggestions/\(verb)", contract) { call in
            try call.query.finish()
            var fields = try call.fields()
            let ids = try fields.ids()
            let context = try call.context(&fields)
            try fields.finish()
            let done = try await act(call.engine, ids, context)
            return BulkOutcome(total: ids.count, done: ids.count).reply(sequence: done.sequence)
        }
    }
}
