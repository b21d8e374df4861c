import Waybill
import WaybillHTTP
import WaybillJSON

/// An approved suggestion, as the rebalancing service's workers see it.
struct RebalancingTask {
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
    var worker: String?
    /// Of the suggestion.
    var createdAt: Timestamp

    static let schema = Schema.object(
        [.required("id", .natural(from: 1))] + RebalancingSuggestion.fields + [
            .required("status", .choice(Status.allCases.map(\.rawValue))),
            .required("worker_id", .optional(.text()), "Who has it, or had it last"),
            .required("created_at", .moment),
        ],
        isOpen: true
    )

    func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        RebalancingSuggestion.write(specification, to: &json)
        json.field("status", status.rawValue)
        json.orNull("worker_id", worker)
        json.field("created_at", createdAt.rfc3339)
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
