import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// One thing done to many jobs: by their numbers, all or none, or to all that meet a filter, each judged anew.
enum BulkRoutes {
    static let endpoints: [EngineEndpoint] = [
        endpoint(.cancel, "cancel", "Cancel jobs", [.maybe("force", .flag, "Only with `jobs`")]),
        endpoint(.redrive, "redrive", "Let dead or cancelled jobs begin anew", JobSchemas.payload),
        endpoint(.hold, "hold", "Keep waiting jobs from being dispatched"),
        endpoint(.unhold, "unhold", "Let held jobs be dispatched again"),
        endpoint(.discard, "discard", "Give dead jobs up"),
        endpoint(.prune, "prune", "Show jobs that have ended no more"),
    ]

    private static func endpoint(
        _ action: BulkAction,
        _ verb: String,
        _ summary: String,
        _ more: [Schema.Property] = []
    ) -> EngineEndpoint {
        let contract = APIOperation(
            "Jobs",
            "\(verb)Jobs",
            summary,
            "By `jobs`, all or none. By `filter`, each is judged anew, and what was refused is passed over; the answer "
                + "comes when all is done. `dryRun` only counts. An `Idempotency-Key` needs `jobs`."
        )
        .body(.oneOf([BulkSchemas.byNumbers(more), BulkSchemas.byFilter])).naming(["payload": "payloadBase64"]
        )
        .answers(.init(200, "What was done", .named("BulkOutcome")))
        return EngineEndpoint(.post, "/v1/jobs/\(verb)", contract) { call in
            try call.query.finish()
            var fields = try call.fields()
            let context = try call.context(&fields)
            guard var terms = try fields.object("filter") else {
                return try await byNumbers(action, &fields, context, call)
            }
            if fields.holds("jobs") { throw fields.problem("jobs", "stands beside filter; give one") }
            let filter = try JobFilter(&terms)
            let isDry = try fields.flag("dryRun") ?? false
            try fields.finish()
            return try await byFilter(action, filter, isDry: isDry, context, call.engine)
        }
    }

    private static func byNumbers(
        _ action: BulkAction,
        _ fields: inout JSONFields,
        _ context: CommandContext,
        _ call: EngineCall
    ) async throws -> Reply {
        let jobs = try fields.jobs("jobs", count: 1...Pages.longest)
        let engine = call.engine
        let done: Committed<Void>
        switch action {
        case .cancel:
            let force = try fields.flag("force") ?? false
            try fields.finish()
            done = try await engine.cancel(jobs, force: force, by: context)
        case .redrive:
            let patch = try Payload(patch: &fields)
            try fields.finish()
            done = try await engine.redrive(jobs, patch: patch, approves: call.mayApprove, by: context)
        default:
            try fields.finish()
            done = try await act(action, jobs, engine, context)
        }
        return .json(BulkOutcome(total: jobs.count, done: jobs.count), sequence: done.sequence)
    }

    private static func act(
        _ action: BulkAction,
        _ jobs: [JobID],
        _ engine: Engine,
        _ context: CommandContext
    ) async throws -> Committed<Void> {
        switch action {
        case .approve: try await engine.approve(jobs, by: context)
        case .reject: try await engine.reject(jobs, by: context)
        case .hold: try await engine.hold(jobs, by: context)
        case .unhold: try await engine.unhold(jobs, by: context)
        case .cancel: try await engine.cancel(jobs, by: context)
        case .redrive: try await engine.redrive(jobs, by: context)
        case .discard: try await engine.discard(jobs, by: context)
        case .prune: try await engine.prune(jobs, by: context)
        }
    }

    private static func byFilter(
        _ action: BulkAction,
        _ filter: JobFilter,
        isDry: Bool,
        _ context: CommandContext,
        _ engine: Engine
    ) async throws -> Reply {
        if context.idempotencyKey != nil {
            throw Problem.invalid(
                "Idempotency-Key",
                "needs jobs: whom a filter means changes from one time to the next"
            )
        }
        if context.expectedVersion != nil { throw Problem.invalid("If-Match", "is for commands on one job") }
        let reached = engine.durableSequence
        guard !isDry else {
            guard await engine.jobs.caughtUp(to: reached) else { throw CancellationError() }
            return .json(BulkOutcome(total: await engine.jobs.numbers(filter).jobs.count, done: 0))
        }
        let operation = try await engine.begin(action, matching: filter, by: context)
        return .json(BulkOutcome(try await operation.finished()))
    }
}

/// The shapes of bulk requests and of their answer.
enum BulkSchemas {
    static let schemas: [NamedSchema] = [
        ("JobFilter", JobFilter.schema),
        ("JobNumbers", byNumbers()),
        (
            "BulkOutcome",
            .object([
                .required("total", .count, "Jobs that were meant"), .required("done", .count),
                .required("refused", .count),
                .required(
                    "refusals",
                    .list(
                        .object([
                            .required("job", .job), .required("code", .text()), .required("detail", .text()),
                        ]),
                        atMost: BulkOutcome.told
                    ),
                    "The first of them"
                ),
            ])
        ),
    ]

    static func byNumbers(_ more: [Schema.Property] = []) -> Schema {
        .object(
            [.required("jobs", .list(.job, atLeast: 1, atMost: Pages.longest, isSet: true))] + more + [
                .reason
            ]
        )
    }

    static let byFilter = Schema.object([
        .required("filter", .named("JobFilter")), .maybe("dryRun", .flag), .reason,
    ])
}
