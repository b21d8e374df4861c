import FoundationEssentials
import Waybill
import WaybillHTTP
import WaybillJSON

/// A generation as its service's clients see it.
struct Generation: JSONObject {
    static let jobs = ServiceJobs(kind: "generation", queue: "generations", noun: "Generation")

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
    private let images: GenerationWorker.Images?

    init(_ detail: JobDetail) {
        self.detail = detail
        images = detail.result.flatMap {
            try? JSONDecoder().decode(GenerationWorker.Images.self, from: Data($0.bytes))
        }
    }

    static let schema = Schema.object([
        .required("jobId", .text(isEmptyAllowed: false)),
        .required("status", .choice(Status.allCases.map(\.rawValue))),
        .required("animal", .optional(.text())), .required("imageUrls", .list(.text())),
        .required("error", .optional(.text())), .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime),
    ])

    func write(to json: inout JSONWriter) {
        let status = Status(detail.state)
        let error = detail.failure?.message ?? detail.deathReason ?? detail.cancellation?.name
        json.field("jobId", detail.id.description)
        json.field("status", status.rawValue)
        json.orNull("animal", images?.animal)
        json.field("imageUrls", images?.imageUrls ?? [])
        json.orNull("error", status == .failed ? error : nil)
        json.field("createdAt", detail.createdAt)
        json.field("updatedAt", detail.changedAt)
    }
}

/// A generation that was just asked for.
struct NewGeneration: JSONObject {
    let job: JobID

    func write(to json: inout JSONWriter) {
        json.field("jobId", job.description)
        json.field("status", Generation.Status.pending.rawValue)
    }
}
