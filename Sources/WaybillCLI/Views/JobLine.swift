import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

/// A job as the tool shows it.
struct JobLine: Encodable {
    let id: UInt64
    let state: String
    let reason: String?
    let kind: String
    let queue: String
    let priority: Int32
    let attempts: UInt32
    let tags: [String]?
    let held: Bool?
    let worker: String?
    let machine: String?
    let createdAt: String
    let changedAt: String
    let version: UInt64

    init(_ job: JobSummary) {
        id = job.id.rawValue
        state = job.state.name
        reason = job.cancellation?.name
        kind = job.kind
        queue = job.queue
        priority = job.priority
        attempts = job.attempts
        tags = job.tags.isEmpty ? nil : job.tags
        held = job.isHeld ? true : nil
        worker = job.worker
        machine = job.machine
        createdAt = job.createdAt.rfc3339
        changedAt = job.changedAt.rfc3339
        version = job.version
    }

    var cells: [String] {
        [
            String(id), standing, kind, queue, String(priority),
            String(attempts), createdAt,
        ]
    }

    /// The state with what makes it special.
    private var standing: String {
        if let reason { return "\(state) (\(reason))" }
        return held == true ? "\(state) (held)" : state
    }
}
