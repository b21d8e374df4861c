import Waybill
import WaybillHTTP
import WaybillJSON

extension Why {
    func write(to json: inout JSONWriter) {
        json.field("job", job.rawValue)
        json.field("state", state.name)
        json.optional("queue", queue)
        json.field("reason", reason.name)
        switch reason {
        case .ended, .waitingApproval, .held, .queuePaused, .rateLimited, .noWorker, .workersFull: break
        case .running(let worker, let deadline):
            json.optional("worker", worker)
            json.optional("deadline", deadline?.rfc3339)
        case .waitingParents(let count): json.field("waitsFor", UInt64(count))
        case .waitingTasks(let tally):
            if let tally { json.field("waitsFor", UInt64(tally.open)) }
        case .beginTime(let due), .backoff(let due), .snoozed(let due): json.field("due", due.rfc3339)
        case .queueLimit(let limit, let running), .keyLimit(let limit, let running):
            json.field("limit", UInt64(limit))
            json.field("running", UInt64(running))
        case .noMachine(let machine): json.field("machine", machine)
        case .noCapacity(let machine, let free):
            json.field("machine", machine)
            json.field("freeCPUMillis", free)
        case .waitingTurn(let ready): json.field("ready", UInt64(ready))
        }
    }
}

extension Why.Reason {
    static let names = [
        "ended", "running", "waiting_approval", "held", "waiting_parents", "waiting_tasks", "begin_time",
        "backoff", "snoozed", "queue_paused", "queue_limit", "key_limit", "rate_limited", "no_machine",
        "no_capacity", "no_worker", "workers_full", "waiting_turn",
    ]

    var name: String {
        switch self {
        case .ended: "ended"
        case .running: "running"
        case .waitingApproval: "waiting_approval"
        case .held: "held"
        case .waitingParents: "waiting_parents"
        case .waitingTasks: "waiting_tasks"
        case .beginTime: "begin_time"
        case .backoff: "backoff"
        case .snoozed: "snoozed"
        case .queuePaused: "queue_paused"
        case .queueLimit: "queue_limit"
        case .keyLimit: "key_limit"
        case .rateLimited: "rate_limited"
        case .noMachine: "no_machine"
        case .noCapacity: "no_capacity"
        case .noWorker: "no_worker"
        case .workersFull: "workers_full"
        case .waitingTurn: "waiting_turn"
        }
    }
}

/// The shape of an explanation.
enum WhySchemas {
    static let schemas: [NamedSchema] = [
        (
            "Why",
            .object([
                .required("job", .job), .required("state", .state), .optional("queue", .name),
                .required("reason", .choice(Why.Reason.names)),
                .optional("worker", .name), .optional("deadline", .moment),
                .optional("waitsFor", .count, "Jobs or tasks that have not ended"),
                .optional("due", .moment), .optional("limit", .small), .optional("running", .small),
                .optional("machine", .name), .optional("freeCPUMillis", .natural()),
                .optional("ready", .count, "Jobs that are ready in its queue, itself among them"),
            ])
        )
    ]
}
