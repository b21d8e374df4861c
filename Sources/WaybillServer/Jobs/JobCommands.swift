import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// What is done to one job; done or refused, the answer holds nothing more, for a repeated request gets the same.
enum JobCommands {
    static let update = EngineEndpoint(
        .patch,
        "/v1/jobs/{id}",
        APIOperation(
            "Jobs",
            "updateJob",
            "Change a job that has not ended",
            "Attributes in any state but the last, the rest only while it waits. What is left out stays as it is; null is "
                + "refused. `If-Match` names the version that it is to have."
        )
        .body(.named("JobChange")).answers(.init(204, "Changed"))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        var fields = try call.fields()
        var dates = Dates()
        let change = try JobChange(&fields, &dates)
        let context = try call.context(&fields)
        try fields.finish()
        if change.isEmpty { return try await unchanged(id, context, call.engine) }
        return .empty(sequence: try await call.engine.update(id, change, by: context).sequence)
    }

    /// A change of nothing is no error, of a job that is there and has the version that is expected.
    private static func unchanged(
        _ id: JobID,
        _ context: CommandContext,
        _ engine: Engine
    ) async throws -> Reply {
        guard let job = await engine.jobs[id] else { throw Refusal.notFound(id) }
        if let expected = context.expectedVersion, expected != job.version {
            throw Refusal.versionConflict(id, expected: expected, actual: job.version)
        }
        return .empty()
    }

    static let prune = EngineEndpoint(
        .delete,
        "/v1/jobs/{id}",
        APIOperation("Jobs", "pruneJob", "Show a job that has ended no more", "It stays in the log.")
            .answers(.init(204, "Pruned"))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        return .empty(sequence: try await call.engine.prune([id], by: call.context).sequence)
    }

    static let rerun = EngineEndpoint(
        .post,
        "/v1/jobs/{id}/rerun",
        APIOperation("Jobs", "rerunJob", "Create a job like one that succeeded").naming(["job": "id"])
            .body(.named("Reason"), isRequired: false)
            .answers(
                .init(
                    201,
                    "Created",
                    .object([.required("id", .job), .required("rerunOf", .job)])
                )
            )
    ) { call in
        let id = try call.job()
        let context = try call.reasonedContext()
        let created = try await call.engine.rerun(id, by: context)
        let new = NewJobNumber(created.value, rerunOf: id)
        return Reply.json(new, status: .created, sequence: created.sequence)
            .with(.location, "/v1/jobs/\(created.value)")
    }

    static let redrive = EngineEndpoint(
        .post,
        "/v1/jobs/{id}/redrive",
        APIOperation(
            "Jobs",
            "redriveJob",
            "Let a dead or cancelled job begin anew, with no attempt counted",
            "A payload replaces the job's own. A suggestion that was never approved goes back to the inbox."
        )
        .body(.object(JobSchemas.payload + [.reason]), isRequired: false)
        .naming(["payload": "payloadBase64"]).answers(
            .init(204, "It begins anew")
        )
    ) { call in
        try call.query.finish()
        let id = try call.job()
        let (patch, context) = try patch(call)
        let approves = call.mayApprove
        let done = try await call.engine.redrive([id], patch: patch, approves: approves, by: context)
        return .empty(sequence: done.sequence)
    }

    /// The payload that replaces the job's own, and who asks why.
    private static func patch(_ call: EngineCall) throws -> (Payload?, CommandContext) {
        var fields = try call.optionalFields()
        let patch = try Payload(patch: &fields)
        let context = try call.context(&fields)
        try fields.finish()
        return (patch, context)
    }

    static let cancel = EngineEndpoint(
        .post,
        "/v1/jobs/{id}/cancel",
        APIOperation(
            "Jobs",
            "cancelJob",
            "Cancel a job",
            "A waiting one at once; a running one is asked to stop, and cancelled when its worker obeys or its lease "
                + "ends, or at once by `force`. A job's open tasks are cancelled with it."
        )
        .body(.object([.maybe("force", .flag), .reason]), isRequired: false)
        .answers(.init(204, "Cancelled, or told to stop"))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        var fields = try call.optionalFields()
        let force = try fields.flag("force") ?? false
        let context = try call.context(&fields)
        try fields.finish()
        return .empty(sequence: try await call.engine.cancel(id, force: force, by: context).sequence)
    }

    static let hold = plain("hold", "Keep a waiting job from being dispatched", "Held") {
        engine,
        id,
        context in
        try await engine.hold([id], by: context)
    }

    static let unhold = plain("unhold", "Let a held job be dispatched again", "Held no more") {
        engine,
        id,
        context in
        try await engine.unhold([id], by: context)
    }

    static let discard = plain("discard", "Give a dead job up: it is cancelled", "Discarded") {
        engine,
        id,
        context in
        try await engine.discard([id], by: context)
    }

    /// A command that takes a reason and nothing else.
    private static func plain(
        _ verb: String,
        _ summary: String,
        _ done: String,
        _ act: @escaping @Sendable (Engine, JobID, CommandContext) async throws -> Committed<Void>
    ) -> EngineEndpoint {
        let contract = APIOperation("Jobs", "\(verb)Job", summary).naming(["jobs": "id"]).body(
            .named("Reason"),
            isRequired: false
        )
        .answers(.init(204, done))
        return EngineEndpoint(.post, "/v1/jobs/{id}/\(verb)", contract) { call in
            let id = try call.job()
            let context = try call.reasonedContext()
            return .empty(sequence: try await act(call.engine, id, context).sequence)
        }
    }
}
