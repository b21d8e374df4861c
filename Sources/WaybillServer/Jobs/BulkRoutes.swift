import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// One thing done to many jobs: by their numbers, all or none, or to all that meet a filter, each judged anew.
enum BulkRoutes {
    static let endpoints: [EngineEndpoint] = [
        endpoint(.cancel, "cancel", "Cancel jobs", [.maybe("force", .flag, "Only with `ids`")]),
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
            "By `ids`, all or none. By `filter`, each is judged anew, and what was refused is passed over; the answer "
                + "comes when all is done. `dryRun` only counts. An `Idempotency-Key` needs `ids`."
        )
        .body(.oneOf([BulkSchemas.byIDs(more), BulkSchemas.byFilter]))
        .answers(.init(200, "What was done", .named("BulkOutcome")))
        return EngineEndpoint(.post, "/v1/jobs/\(verb)", contract) { call in
            try call.query.finish()
            var fields = try call.fields()
            let context = try call.context(&fields)
            guard var terms = try fields.object("filter") else {
                return try await byIDs(action, &fields, context, call)
            }
            if fields.holds("ids") { throw fields.problem("ids", "stands beside filter; give one") }
            let filter = try JobFilter(&terms)
            let isDry = try fields.flag("dryRun") ?? false
            try fields.finish()
            return try await byFilter(action, filter, isDry: isDry, context, call.engine)
        }
    }

    private static func byIDs(
        _ action: BulkAction,
        _ fields: inout JSONFields,
        _ context: CommandContext,
        _ call: EngineCall
    ) async throws -> Reply {
        let ids = try fields.ids()
        let engine = call.engine
        let done: Committed<Void>
        switch action {
        case .cancel:
            let force = try fields.flag("force") ?? false
            try fields.finish()
            done = try await engine.cancel(ids, force: force, by: context)
        case .redrive:
            let patch = try Payload(patch: &fields)
            try fields.finish()
            done = try await engine.redrive(ids, patch: patch, approves: call.mayApprove, by: context)
        default:
            try fields.finish()
            done = try await act(action, ids, engine, context)
        }
        return BulkOutcome(total: ids.count, done: ids.count).reply(sequence: done.sequence)
    }

    private static func act(
        _ action: BulkAction,
        _ ids: [JobID],
        _ engine: Engine,
        _ context: CommandContext
    ) async throws -> Committed<Void> {
        switch action {
        case .approve: try await engine.approve(ids, by: context)
        case .reject: try await engine.reject(ids, by: context)
        case .hold: try await engine.hold(ids, by: context)
        case .unhold: try await engine.unhold(ids, by: context)
        case .cancel: try await engine.cancel(ids, by: context)
        case .redrive: try await engine.redrive(ids, by: context)
        case .discard: try await engine.discard(ids, by: context)
        case .prune: try await engine.prune(ids, by: context)
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
                "needs ids: whom a filter means changes from one time to the next"
            )
        }
        if context.expectedVersion != nil { throw Problem.invalid("If-Match", "is for commands on one job") }
        let reached = engine.durableSequence
        guard !isDry else {
            guard await engine.jobs.caughtUp(to: reached) else { throw CancellationError() }
            return BulkOutcome(total: await engine.jobs.numbers(filter).jobs.count, done: 0).reply()
        }
        let operation = try await engine.begin(action, matching: filter, by: context)
        return BulkOutcome(try await operation.finished()).reply()
    }
}
