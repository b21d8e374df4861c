import FoundationEssentials
import Waybill
import WaybillHTTP
import WaybillJSON

/// A generation as its service's clients see it.
struct Generation {
    static let jobs = ServiceJobs(kind: "generation", queue: "generations", noun: "Generation")
    /// As many images as one generation may have.
    static let most = 10

    enum Status: String, CaseIterable {
        case pending, processing, completed, failed

        init(_ state: JobState) {
            switch state {
            case .proposed, .blocked, .scheduled, .ready: self = .pending
            case .running: self = .processing
            case .succeeded: self = .completed
            case .dead, .cancelled: self = .failed
            }
        }
    }

    private let detail: JobDetail
    private let made: GenerationWorker.Made?

    init(_ detail: JobDetail) {
        self.detail = detail
        made = detail.result.flatMap {
            try? JSONDecoder().decode(GenerationWorker.Made.self, from: Data($0.bytes))
        }
    }

    static let schema = Schema.object([
        .required("jobId", .text(isEmptyAllowed: false)),
        .required("status", .choice(Status.allCases.map(\.rawValue))),
        .required("animal", .optional(.text())), .required("imageUrls", .list(.text())),
        .required("error", .optional(.text())), .required("createdAt", .moment),
        .required("updatedAt", .moment),
    ])

    func write(to json: inout JSONWriter) {
        let status = Status(detail.state)
        let error = detail.failure?.message ?? detail.deathReason ?? detail.cancellation?.name
        json.field("jobId", detail.id.description)
        json.field("status", status.rawValue)
        json.orNull("animal", made?.animal)
        json.field("imageUrls", made?.imageUrls ?? [])
        json.orNull("error", status == .failed ? error : nil)
        json.field("createdAt", detail.createdAt.rfc3339)
        json.field("updatedAt", detail.changedAt.rfc3339)
    }
}
