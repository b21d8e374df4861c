import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A compute job as its service's clients see it.
struct ComputeJob: JSONObject {
    static let jobs = ServiceJobs(kind: "compute", queue: "compute", noun: "Job")

    enum Status: String, CaseIterable {
        case queued, running, succeeded, failed

        init(_ state: JobState) {
            switch state {
            case .proposed, .blocked, .scheduled, .ready: self = .queued
            case .running: self = .running
            case .succeeded: self = .succeeded
            case .dead, .cancelled: self = .failed
            }
        }

        var states: Set<JobState> { Set(JobState.allCases.filter { Status($0) == self }) }
    }

    var id: JobID
    var specification: JobSpecification
    var status: Status
    var error: String?
    var createdAt: Timestamp
    var updatedAt: Timestamp

    init(_ detail: JobDetail) {
        id = detail.id
        specification = detail.specification
        status = Status(detail.state)
        error =
            status == .failed
            ? detail.failure?.message ?? detail.deathReason ?? detail.cancellation?.name : nil
        createdAt = detail.createdAt
        updatedAt = detail.changedAt
    }

    /// As it was created, whatever has become of it since: a repeated request has the same answer.
    init(_ id: JobID, _ specification: JobSpecification, createdAt: Timestamp) {
        self.id = id
        self.specification = specification
        self.createdAt = createdAt
        updatedAt = createdAt
        status = .queued
    }

    static let schema = Schema.object([
        .required("id", .natural(from: 1)), .required("name", .text()),
        .required("status", .choice(Status.allCases.map(\.rawValue))), .required("payload", .any),
        .required("priority", .priority),
        .required("error", .optional(.text()), "Why it failed"),
        .required("created_at", .dateTime), .required("updated_at", .dateTime),
    ])

    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("name", specification.attributes["name"] ?? "")
        json.field("status", status.rawValue)
        json.field(
            "payload",
            json: specification.payload.isEmpty ? Array("null".utf8) : specification.payload
        )
        json.field("priority", specification.priority)
        json.orNull("error", error)
        json.field("created_at", createdAt)
        json.field("updated_at", updatedAt)
    }
}
