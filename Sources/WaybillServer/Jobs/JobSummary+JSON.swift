import Waybill
import WaybillJSON

extension JobSummary {
    func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.field("kind", kind)
        json.field("queue", queue)
        json.field("state", state.name)
        json.optional("cancellation", cancellation?.name)
        json.field("priority", Int64(priority))
        json.field("attempts", UInt64(attempts))
        json.field("tags", tags)
        json.field("held", isHeld)
        json.optional("worker", worker)
        json.optional("machine", machine)
        json.field("createdAt", createdAt.rfc3339)
        json.field("changedAt", changedAt.rfc3339)
        json.field("version", version)
    }
}
