import HTTPTypes
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
            .answers(.init(200, "All of them", .object([.required("queues", .list(.named("Queue")))])))
    ) { call in
        try call.query.finish()
        var json = JSONWriter()
        json.list("queues", await call.engine.queues.all()) { $0.writeAll(to: &$1) }
        return .json(json.finish())
    }

    private static let one = EngineEndpoint(
        .get,
        "/v1/queues/{name}",
        APIOperation("Queues", "getQueue", "One queue").path("name", .name)
            .answers(.init(200, "The queue", .named("Queue")), .init(304, "The client has this answer"))
    ) { call in
        try call.query.finish()
        let name = try call.text("name")
        guard let queue = await call.engine.queues[name] else { throw Refusal.queueUnknown(name) }
        var json = JSONWriter()
        queue.writeAll(to: &json)
        return Reply.json(json.finish()).taggedByContent(for: call)
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
        let name = try call.text("name")
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
            let name = try call.text("name")
            let context = try call.reasonedContext()
            let done = try await call.engine.setStatus(status, ofQueue: name, by: context)
            return .empty(sequence: done.sequence)
        }
    }

    static let schemas = QueueSchemas.schemas
}

extension QueueSummary {
    fileprivate func writeAll(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("status", status.name)
        json.object("limits") { json in
            if let concurrency = specification.concurrency { json.field("concurrency", UInt64(concurrency)) }
            if let limit = specification.keyConcurrency { json.field("keyConcurrency", UInt64(limit)) }
            if let rate = specification.rate {
                json.object("rate") { json in
                    json.field("starts", UInt64(rate.starts))
                    json.seconds("interval", rate.interval)
                    json.field("burst", UInt64(rate.burst))
                }
            }
        }
        json.field("policy", specification.policy.name)
        json.seconds("aging", specification.aging)
        if let span = specification.retention.succeeded { json.seconds("keepSucceeded", span) }
        if let span = specification.retention.dead { json.seconds("keepDead", span) }
        if let span = specification.retention.cancelled { json.seconds("keepCancelled", span) }
        json.counts("counts") { self[$0] }
        json.field("held", UInt64(held))
        if let room { json.field("room", UInt64(room)) }
        json.optional("oldestReady", oldestReady?.rfc3339)
        json.object("attempts") { attempts.write(to: &$0) }
    }
}
