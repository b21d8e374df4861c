import Orchestration
import WaybillJSON

/// One row of a table of image-generation requests; empty texts and nil are what the table leaves empty.
struct ImageRequest: Sendable, Hashable {
    enum Status: String, Sendable {
        case succeeded = "SUCCEED"
        case failed = "FAILED"
        case pending = "PENDING"
    }

    var created: Timestamp
    /// Since the first request of the file.
    var arrivalTime: TimeSpan = .zero
    var type: String
    var status: Status
    var duration: TimeSpan
    var group: String
    var model: String
    var promptLength: Int64?
    var negativePromptLength: Int64?
    var images: Int64?
    var steps: Int64?
    var adapters: Int64?

    var fate: JobFate {
        switch status {
        case .succeeded: .complete
        case .failed: .fail(Failure(type: "failed", message: "failed in the trace", isRetryable: false))
        case .pending: .leaveWaiting
        }
    }

    /// A request that is left waiting lies in a queue of its own, because as the head of a served queue it
    /// would be handed to a worker, or hold up everything behind it.
    func arrival(in queue: Name) -> JobArrival {
        let specification = JobSpecification(
            kind: "image",
            queue: status == .pending ? "\(queue).pending" : queue,
            payload: payload,
            contentType: Replay.json,
            attributes: group.isEmpty ? [:] : ["group": group],
            retry: Replay.retry,
            timeouts: Replay.timeouts(running: duration)
        )
        return JobArrival(
            arrival: arrivalTime,
            specification: specification,
            duration: duration,
            fate: fate
        )
    }

    private var payload: [UInt8] {
        var json = JSONWriter()
        json.field("type", type)
        if let images { json.field("images", images) }
        if let steps { json.field("steps", steps) }
        if let promptLength { json.field("prompt_length", promptLength) }
        if let negativePromptLength { json.field("negative_prompt_length", negativePromptLength) }
        if !model.isEmpty { json.field("model", model) }
        if let adapters { json.field("adapters", adapters) }
        return json.finish()
    }
}

/// Reads a table of image-generation requests.
///
/// The columns `gmt_create`, `predict_status` and `exec_time_seconds` must be there, the other columns may be missing or
/// empty. Times are UTC without a zone, sorted.
struct ImageRequestReader: TableReader {
    static let wanted: [WantedColumn] = ["gmt_create", "predict_status", "exec_time_seconds"]

    var account = LineAccount()
    private let name: Name
    private var requests: [ImageRequest] = []

    init(name: Name) {
        self.name = name
    }

    mutating func read(_ row: TableRow) throws(LineProblem) {
        let created = try row.moment("gmt_create")
        guard let status = ImageRequest.Status(rawValue: row.text("predict_status")) else {
            throw row.problem("predict_status", "unknown status")
        }
        let duration = try row.seconds("exec_time_seconds")
        if duration < .zero { throw row.problem("exec_time_seconds", "not a duration") }
        requests.append(
            ImageRequest(
                created: created,
                type: row.optionalText("predict_type"),
                status: status,
                duration: duration,
                group: row.optionalText("groupId"),
                model: row.optionalText("checkpoint_model_version_id"),
                promptLength: try Self.count("prompt_length", row),
                negativePromptLength: try Self.count("negative_prompt_length", row),
                images: try Self.count("num_images_per_prompt", row),
                steps: try Self.count("num_inference_steps", row),
                adapters: try Self.count("num_lora", row)
            )
        )
    }

    /// A number that may be missing, but not be anything else than a count.
    private static func count(_ column: WantedColumn, _ row: TableRow) throws(LineProblem) -> Int64? {
        row.isMissing(column) ? nil : try row.whole(column, in: 0...Int64.max)
    }

    consuming func finish() -> Workload {
        requests.sort { $0.created < $1.created }
        let start = requests.first?.created
        for index in requests.indices {
            requests[index].arrivalTime = requests[index].created - (start ?? .zero)
        }
        return Workload(
            name: name,
            format: .imageRequests,
            start: start,
            account: account,
            content: .jobs(JobTrace(machine: nil, name: name, storage: .images(requests)))
        )
    }
}
