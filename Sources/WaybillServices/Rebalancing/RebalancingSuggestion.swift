import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// What the rebalancing service's ML engine proposes: so many bikes from here to there, and how sure it is.
///
/// Whatever else it says of a proposal is kept and shown as it came.
struct RebalancingSuggestion: JSONObject {
    let id: JobID
    let specification: JobSpecification
    let createdAt: Timestamp

    static let jobs = ServiceJobs(kind: "rebalancing", queue: "rebalancing", noun: "Suggestion")

    /// Members that the service itself gives: what a proposal says of them is not shown.
    private static let own: Set<Name> = ["id", "status", "worker_id", "created_at"]

    static let schema = Schema.object(
        [.required("id", .natural(from: 1))] + fields + [.required("created_at", .dateTime)],
        isOpen: true
    )

    /// Bikes that one proposal may be about.
    private static let loads: ClosedRange<Int64> = 1...1_000_000

    /// Of the request too.
    static let fields: [Schema.Property] = [
        .required(
            "from_station",
            .oneOf([.text(isEmptyAllowed: false), .integer(.min ... .max)]),
            "Name or number"
        ),
        .required(
            "to_station",
            .oneOf([.text(isEmptyAllowed: false), .integer(.min ... .max)]),
            "Name or number"
        ),
        .required("bikes", .integer(loads)), .required("confidence", .number(0...1)),
    ]

    /// Reads a proposal into the job that it would become.
    static func specification(_ call: EngineCall) throws -> JobSpecification {
        var fields = try call.fields()
        for name in ["from_station", "to_station"] {
            switch try fields.required(name).value {
            case .string(let text) where !text.isEmpty: break
            case .number(let text) where Number.whole(text, Int64.self) != nil: break
            default: throw fields.problem(name, "must be a station's name or number")
            }
        }
        guard let bikes = try fields.integer("bikes", Int64.self) else {
            throw fields.problem("bikes", "is missing")
        }
        guard loads.contains(bikes) else {
            throw fields.problem("bikes", "must be from \(loads.lowerBound) to \(loads.upperBound)")
        }
        guard let confidence = try fields.real("confidence", in: 0...1) else {
            throw fields.problem("confidence", "is missing")
        }
        var job = JobSpecification(kind: jobs.kind, queue: jobs.queue)
        job.payload = call.body
        job.contentType = Payload.json
        job.source = "ml"
        job.confidence = confidence
        // Who carries bikes says nothing while doing it; who has said nothing for a day has lost the task.
        job.timeouts = Timeouts(lease: .seconds(86_400))
        return job
    }

    /// The members of the proposal, as they came.
    static func write(_ specification: JobSpecification, to json: inout JSONWriter) {
        guard case .object(let members)? = try? JSONValue.parse(specification.payload[...]) else { return }
        for member in members where !own.contains(member.name) {
            json.field(member.name.text, json: Array(member.source))
        }
    }

    func write(to json: inout JSONWriter) {
        json.field("id", id)
        Self.write(specification, to: &json)
        json.field("created_at", createdAt)
    }
}
