package import JSONText
import Orchestration
package import Waybill

extension Why: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("job", job)
        json.field("state", state.name)
        json.optional("queue", queue)
        json.field("why", reason.name)
        switch reason {
        case .ended, .waitingApproval, .held, .queuePaused, .rateLimited, .noWorker, .workersFull: break
        case .running(let worker, let deadline):
            json.optional("worker", worker)
            json.optional("deadline", deadline)
        case .waitingParents(let count): json.field("waitsFor", count)
        case .waitingTasks(let tally): json.optional("waitsFor", tally?.open)
        case .beginTime(let due), .backoff(let due), .snoozed(let due): json.field("due", due)
        case .queueLimit(let limit, let running), .keyLimit(let limit, let running):
            json.field("limit", limit)
            json.field("running", running)
        case .noMachine(let machine): json.field("machine", machine)
        case .noCapacity(let machine, let free):
            json.field("machine", machine)
            json.field("freeCPUMillis", free)
        case .waitingTurn(let ready): json.field("ready", ready)
        }
    }
}

extension Why.Reason {
    package static let names = [
        "ended", "running", "waitingApproval", "held", "waitingParents", "waitingTasks", "beginTime",
        "backoff", "snoozed", "queuePaused", "queueLimit", "keyLimit", "rateLimited", "noMachine",
        "noCapacity", "noWorker", "workersFull", "waitingTurn",
    ]

    fileprivate var name: String {
        switch self {
        case .ended: "ended"
        case .running: "running"
        case .waitingApproval: "waitingApproval"
        case .held: "held"
        case .waitingParents: "waitingParents"
        case .waitingTasks: "waitingTasks"
        case .beginTime: "beginTime"
        case .backoff: "backoff"
        case .snoozed: "snoozed"
        case .queuePaused: "queuePaused"
        case .queueLimit: "queueLimit"
        case .keyLimit: "keyLimit"
        case .rateLimited: "rateLimited"
        case .noMachine: "noMachine"
        case .noCapacity: "noCapacity"
        case .noWorker: "noWorker"
        case .workersFull: "workersFull"
        case .waitingTurn: "waitingTurn"
        }
    }
}
