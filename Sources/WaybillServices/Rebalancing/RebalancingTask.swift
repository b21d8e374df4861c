import Synchronization
import Waybill
import WaybillHTTP
import WaybillJSON

/// An approved suggestion, as the rebalancing service's workers see it.
struct RebalancingTask: JSONObject {
    enum Status: String, CaseIterable {
        case ready, assigned, completed, cancelled, failed

        /// Nil for a suggestion that nobody approved.
        init?(_ state: JobState) {
            switch state {
            case .proposed: return nil
            case .blocked, .scheduled, .ready: self = .ready
            case .running: self = .assigned
            case .succeeded: self = .completed
            case .cancelled: self = .cancelled
            case .dead: self = .failed
            }
        }
    }

    var id: JobID
    var specification: JobSpecification
    var status: Status
    var worker: Name?
    /// Of the suggestion.
    var createdAt: Timestamp

    static let schema = Schema.object(
        [.required("id", .natural(from: 1))] + RebalancingSuggestion.fields + [
            .required("status", .choice(Status.allCases.map(\.rawValue))),
            .required("worker_id", .optional(.text()), "Who has it, or had it last"),
            .required("created_at", .dateTime),
        ],
        isOpen: true
    )

    func write(to json: inout JSONWriter) {
        json.field("id", id)
        RebalancingSuggestion.write(specification, to: &json)
        json.field("status", status.rawValue)
        json.orNull("worker_id", worker)
        json.field("created_at", createdAt)
    }
}

extension RebalancingTask {
    /// Nil for a suggestion that nobody approved.
    init?(_ detail: JobDetail) {
        guard let status = Status(detail.state) else { return nil }
        self.init(
            id: detail.id,
            specification: detail.specification,
            status: status,
            worker: detail.worker,
            createdAt: detail.createdAt
        )
    }
}

/// What tasks that are out with workers look like, so that completing one needs no look into the log.
///
/// Bounded; a task that isn't found here any more is read anew.
final class RebalancingTaskCache: Sendable {
    private struct Entries {
        var tasks: [JobID: RebalancingTask] = [:]
        var order: [JobID] = []
        var oldest = 0
    }

    private let capacity: Int
    private let entries = Mutex(Entries())

    init(capacity: Int = 65_536) {
        self.capacity = capacity
    }

    func insert(_ task: RebalancingTask) {
        entries.withLock { entries in
            guard entries.tasks.updateValue(task, forKey: task.id) == nil else { return }
            if entries.order.count < capacity {
                entries.order.append(task.id)
            } else {
                // A ring: the place of the oldest goes to the newest.
                entries.tasks[entries.order[entries.oldest]] = nil
                entries.order[entries.oldest] = task.id
                entries.oldest = (entries.oldest + 1) % capacity
            }
        }
    }

    subscript(id: JobID) -> RebalancingTask? {
        entries.withLock { $0.tasks[id] }
    }
}
