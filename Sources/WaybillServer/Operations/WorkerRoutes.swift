import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// Workers under `/v1/workers`.
enum WorkerRoutes {
    static let endpoints: [EngineEndpoint] = [list, one, register, drain]

    private static let list = EngineEndpoint(
        .get,
        "/v1/workers",
        APIOperation(
            "Workers",
            "listWorkers",
            "List workers that registered or were ever given a job, by name"
        )
        .query(.cursor(.name), .limit).answers(
            .init(200, "The page", NamePage.schema("workers", of: .named("Worker")))
        )
    ) { call in
        let page = try NamePage(&call.query)
        try call.query.finish()
        let seen = await call.engine.workers.inspect { $0.page(after: page.cursor, limit: page.limit + 1) }
        return page.reply(seen.value, seen.sequence, \.name)
    }

    private static let one = EngineEndpoint(
        .get,
        "/v1/workers/{name}",
        APIOperation("Workers", "getWorker", "One worker").path("name", .name)
            .answers(.init(200, "The worker", .named("Worker")), .init(304, "The client has this answer"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        let seen = await call.engine.workers.inspect { $0[name] }
        guard let worker = seen.value else { throw Refusal.workerNotFound(name) }
        return Reply.json(worker, sequence: seen.sequence).taggedByContent()
    }

    private static let register = EngineEndpoint(
        .put,
        "/v1/workers/{name}",
        APIOperation(
            "Workers",
            "registerWorker",
            "Register a worker, or change what is known of it",
            "It drains no more."
        )
        .path("name", .name).body(.named("NewWorker")).answers(.init(204, "Registered"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        var fields = try call.fields()
        let worker = try WorkerSpecification(name: name, &fields)
        let context = try call.context(&fields)
        try fields.finish()
        return .empty(sequence: try await call.engine.register(worker, by: context).sequence)
    }

    private static let drain = EngineEndpoint(
        .post,
        "/v1/workers/{name}/drain",
        APIOperation("Workers", "drainWorker", "Give a worker nothing more, and tell it so at its heartbeats")
            .path("name", .name).body(.named("Reason"), isRequired: false).answers(.init(204, "It drains"))
    ) { call in
        let name = try call.name()
        let context = try call.reasonedContext()
        return .empty(sequence: try await call.engine.drain(worker: name, by: context).sequence)
    }

    static let schemas: [NamedSchema] = [
        (
            "NewWorker",
            .object([
                .required("slots", .positive(), "Jobs that it holds at once at most"),
                .maybe("queues", .names, "All where none is named"), .maybe("kinds", .names),
                .maybe("labels", .names), .reason,
            ])
        ),
        (
            "Worker",
            .object([
                .required("name", .name), .required("registered", .flag), .optional("slots", .positive()),
                .optional("queues", .names), .optional("kinds", .names), .optional("labels", .names),
                .required("running", .count), .optional("available", .count, "Slots that are free"),
                .required("draining", .flag), .optional("lastSeen", .dateTime),
                .required("attempts", .named("Attempts")),
            ])
        ),
        (
            "Attempts",
            .object([
                .required("succeeded", .count), .required("failed", .count), .required("crashed", .count),
                .required("snoozed", .count), .required("released", .count),
                .optional("completionRate", .share),
            ])
        ),
    ]
}
