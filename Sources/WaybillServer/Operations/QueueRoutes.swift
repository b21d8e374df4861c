import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Queues under `/v1/queues`.
enum QueueRoutes {
    static let endpoints: [EngineEndpoint] = [
        list, one, configure,
        status("pause", .paused, "Give no jobs; new ones are taken, and what runs goes on"),
        status("resume", .open, "Take and give jobs again"),
        status("drain", .draining, "Take no new jobs; those that wait are given"),
    ]

    private static let list = EngineEndpoint(
        .get,
        "/v1/queues",
        APIOperation("Queues", "listQueues", "List queues that ever held a job or were configured, by name")
            .query(.cursor(.name), .limit).answers(
                .init(200, "The page", NamePage.schema("queues", of: .named("Queue")))
            )
    ) { call in
        let page = try NamePage(&call.query)
        try call.query.finish()
        let seen = await QueueWithWaits.page(
            call.engine.queues,
            call.engine.throughput,
            after: page.cursor,
            limit: page.limit + 1
        )
        return page.reply(seen.value, seen.sequence, \.queue.name)
    }

    private static let one = EngineEndpoint(
        .get,
        "/v1/queues/{name}",
        APIOperation("Queues", "getQueue", "One queue").path("name", .name)
            .answers(.init(200, "The queue", .named("Queue")), .init(304, "The client has this answer"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        let seen = await call.engine.queues.inspect { $0[name] }
        guard let queue = seen.value else { throw Refusal.queueUnknown(name) }
        let waits = await call.engine.throughput.waits(queue: name)
        return Reply.json(QueueWithWaits(queue, waits), sequence: seen.sequence).taggedByContent()
    }

    private static let configure = EngineEndpoint(
        .put,
        "/v1/queues/{name}",
        APIOperation(
            "Queues",
            "configureQueue",
            "Set all that is configured of a queue",
            "What is left out has no limit. The queue need not be there yet."
        )
        .path("name", .name).body(.named("NewQueue")).answers(.init(204, "Configured"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        var fields = try call.fields()
        let queue = try QueueSpecification(name: name, &fields)
        let context = try call.context(&fields)
        try fields.finish()
        return .empty(sequence: try await call.engine.configure(queue, by: context).sequence)
    }

    private static func status(_ verb: String, _ status: QueueStatus, _ summary: String) -> EngineEndpoint {
        let contract = APIOperation("Queues", "\(verb)Queue", summary).path("name", .name)
            .body(.named("Reason"), isRequired: false).answers(.init(204, "It is \(status.name)"))
        return EngineEndpoint(.post, "/v1/queues/{name}/\(verb)", contract) { call in
            let name = try call.name()
            let context = try call.reasonedContext()
            let done = try await call.engine.setStatus(status, ofQueue: name, by: context)
            return .empty(sequence: done.sequence)
        }
    }

    static let schemas = QueueSchemas.schemas
}

/// The shapes of queues.
enum QueueSchemas {
    static let schemas: [NamedSchema] = [
        (
            "NewQueue",
            .object([
                .maybe("concurrency", .positive(), "Jobs that may run at once"),
                .maybe("keyConcurrency", .positive(), "Jobs with one concurrency key that may run at once"),
                .maybe(
                    "rate",
                    .object([
                        .required("starts", .positive()), .required("intervalMs", .positiveMilliseconds),
                        .maybe("burst", .positive()),
                    ])
                ),
                .maybe("policy", policy), .maybe("agingMs", .positiveMilliseconds),
                .maybe("retention", .object(kept.map { .maybe($0, .milliseconds) })), .reason,
            ])
        ),
        (
            "Queue",
            .object([
                .required("name", .name),
                .required("status", .choice(QueueStatus.allCases.map(\.name))),
                .optional("concurrency", .small), .optional("keyConcurrency", .small),
                .optional("rate", .named("Rate")), .required("policy", policy),
                .required("agingMs", .milliseconds), .required("retention", .named("Retention")),
                .required("counts", .named("JobCounts")), .required("held", .count),
                .optional("available", .count, "How many more may run at once"),
                .optional("oldestReady", .dateTime, "Since when the longest waiting ready job waits"),
                .optional("waits", .named("Durations"), "How long its jobs waited, in the last two hours"),
                .required("attempts", .named("Attempts")),
            ])
        ),
        (
            "Rate",
            .object([
                .required("starts", .positive()), .required("intervalMs", .positiveMilliseconds),
                .required("burst", .positive()),
            ])
        ),
        ("Retention", .object(kept.map { .optional($0, .milliseconds) })),
        (
            "Durations",
            .object(
                [.required("count", .natural(from: 1))]
                    + ["p50Ms", "p90Ms", "p95Ms", "p99Ms", "maxMs", "meanMs"].map {
                        .required($0, .milliseconds)
                    }
            )
        ),
    ]

    private static let kept = ["succeededMs", "deadMs", "cancelledMs"]
    private static let policy = Schema.choice([DispatchPolicy.fifo, .priority].map(\.name))
}
