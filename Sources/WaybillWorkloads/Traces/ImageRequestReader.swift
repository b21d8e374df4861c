import Orchestration
import WaybillJSON

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
