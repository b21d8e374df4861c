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
            .body(.named("NewSuggestion"))
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
        let inbox = call.engine.suggestions
        let found = await inbox.page(after: cursor.map { JobID($0) }, limit: limit + 1)
        let count = await inbox.count
        var json = JSONWriter()
        json.list("suggestions", found.prefix(limit)) { $0.write(to: &$1) }
        json.orNull("next", found.count > limit ? found[limit - 1].id.rawValue : nil)
        json.field("open", UInt64(count))
        return .json(json.finish())
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
                [
                    .required("id", .job), .required("madeAt", .moment), .required("kind", .name),
                    .required("queue", .name), .required("priority", .priority), .required("tags", .names),
                ] + JobViewSchemas.terms + JobViewSchemas.content
            )
        ),
        (
            "SuggestionPage",
            .object([
                .required("suggestions", .list(.named("Suggestion"), atMost: Pages.longest)),
                .required("next", .optional(.job)),
                .required("open", .count, "Suggestions in the inbox"),
            ])
        ),
    ]
}

extension OpenSuggestion {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.field("madeAt", madeAt.rfc3339)
        json.field("kind", specification.kind)
        json.field("queue", specification.queue)
        json.field("priority", Int64(specification.priority))
        json.field("tags", specification.tags)
        specification.writeTerms(to: &json)
        json.content("payload", type: "contentType", specification.payload, specification.contentType)
    }
}
