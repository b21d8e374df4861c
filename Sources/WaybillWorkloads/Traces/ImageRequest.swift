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
    func arrival(in queue: String) -> JobArrival {
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
/// The columns `gmt_create`, `predict_status` and `exec_time_seconds` must be
/// there, the other columns may be missing or empty. Times are UTC without a zone, sorted.
struct ImageRequestReader: LineReader {
    var account = LineAccount()
    private let name: String
    private let path: String
    private var requests: [ImageRequest] = []
    private var fields = Fields()
    private var columns: Columns?
    private var created = 0
    private var status = 0
    private var duration = 0

    init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    mutating func read(_ line: Line) throws(WorkloadError) {
        guard fields.splitCommas(line.bytes) else {
            return account.skip(line.number, "a quote is not closed")
        }
        guard let columns else { return try header() }
        if fields.count != columns.names.count {
            let problem = "has \(fields.count) fields instead of \(columns.names.count)"
            return account.skip(line.number, problem)
        }
        do {
            requests.append(try request(columns, line.number))
            account.countData()
        } catch {
            account.skip(error.line, "\(error.field ?? ""): \(error.problem)")
        }
    }

    private mutating func header() throws(WorkloadError) {
        let header = Columns(fields)
        created = try header.position("gmt_create", path: path)
        status = try header.position("predict_status", path: path)
        duration = try header.position("exec_time_seconds", path: path)
        columns = header
        account.countComment()
    }

    private func request(_ columns: Columns, _ line: Int) throws(LineProblem) -> ImageRequest {
        guard let moment = CivilTime.timestamp(fields[created], needsZone: false) else {
            throw LineProblem(line: line, field: "gmt_create", problem: "not a time")
        }
        guard let status = ImageRequest.Status(rawValue: text(status)) else {
            throw LineProblem(line: line, field: "predict_status", problem: "unknown status")
        }
        guard let duration = Number.seconds(fields[duration]), duration >= .zero else {
            throw LineProblem(line: line, field: "exec_time_seconds", problem: "not a duration")
        }
        return ImageRequest(
            created: moment,
            type: columns.position("predict_type").map(text) ?? "",
            status: status,
            duration: duration,
            group: columns.position("groupId").map(text) ?? "",
            model: columns.position("checkpoint_model_version_id").map(text) ?? "",
            promptLength: try count("prompt_length", columns, line),
            negativePromptLength: try count("negative_prompt_length", columns, line),
            images: try count("num_images_per_prompt", columns, line),
            steps: try count("num_inference_steps", columns, line),
            adapters: try count("num_lora", columns, line)
        )
    }

    private func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }

    /// A number that may be missing, but not be anything else than a count.
    private func count(_ name: String, _ columns: Columns, _ line: Int) throws(LineProblem) -> Int64? {
        guard let index = columns.position(name), !fields[index].isEmpty else { return nil }
        guard let value = Number.whole(fields[index]), value >= 0 else {
            throw LineProblem(line: line, field: name, problem: "not a count")
        }
        return value
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
