import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// Suggestions under `/v1/suggestions`: jobs that wait for somebody to approve or reject them.
enum SuggestionRoutes {
    static let endpoints: [EngineEndpoint] =
        [create, list]
        + SuggestionDecisions.endpoints

    private static let create = EngineEndpoint(
        .post,
        "/v1/suggestions",
        APIOperation("Suggestions", "createSuggestion", "Put a job into the inbox")
            .body(.named("NewSuggestion")).naming(["payload": "payloadBase64"])
            .answers(
                .init(201, "Made", .named("CreatedJob")),
                .init(
                    200,
                    "There is a job with the unique key, and `onClash` is `existing`",
                    .named("CreatedJob")
                )
            )
    ) { call in
        try call.query.finish()
        var fields = try call.fields()
        var new = NewJob(specification: try NewJob.job(&fields))
        try new.specification.readSuggestion(&fields)
        let context = try call.context(&fields)
        try fields.finish()
        return try await Creation(call, context).reply(to: new, isProposed: true)
    }

    private static let list = EngineEndpoint(
        .get,
        "/v1/suggestions",
        APIOperation("Suggestions", "listSuggestions", "List the open suggestions, oldest first")
            .query(.cursor(.natural(from: 1)), .limit)
            .answers(.init(200, "The page", .named("SuggestionPage")))
    ) { call in
        let cursor = try call.query.integer("cursor", in: 1...UInt64.max)
        let limit = try call.query.limit()
        try call.query.finish()
        let seen = await call.engine.suggestions.inspect { inbox in
            (found: inbox.page(after: cursor.map { JobID($0) }, limit: limit + 1), count: inbox.count)
        }
        let (found, count) = seen.value
        let page = JSONPage(found.prefix(limit), atMost: Pages.mostBytes, count: count) { shown in
            found.count > shown ? found[shown - 1].id : nil
        }
        return .json(page, sequence: seen.sequence)
    }

    static let schemas: [NamedSchema] = [
        (
            "NewSuggestion",
            .object(
                JobSchemas.fields + [
                    .maybe("source", .name, "Who suggests it"),
                    .maybe("confidence", .share, "How sure the source is"), .reason,
                ]
            )
        ),
        (
            "Suggestion",
            .object(
                [.required("id", .job), .required("createdAt", .dateTime)] + JobViewSchemas.specification
            )
        ),
        (
            "SuggestionPage",
            .object([
                .required("suggestions", .list(.named("Suggestion"), atMost: Pages.longest)),
                .required("next", .optional(.job)),
                .required("count", .count, "Suggestions in the inbox"),
            ])
        ),
    ]
}

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
        let contract = APIOperation("Suggestions", "\(verb)Suggestions", summary).body(.named("JobNumbers"))
            .answers(.init(200, "What was done", .named("BulkOutcome")))
        return EngineEndpoint(.post, "/v1/suggestions/\(verb)", contract) { call in
            try call.query.finish()
            var fields = try call.fields()
            let jobs = try fields.jobs("jobs", count: 1...Pages.longest)
            let context = try call.context(&fields)
            try fields.finish()
            let done = try await act(call.engine, jobs, context)
            return .json(BulkOutcome(total: jobs.count, done: jobs.count), sequence: done.sequence)
        }
    }
}
