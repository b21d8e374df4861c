import HTTPTypes
import Waybill
import WaybillJSON

extension Call {
    /// When a job was created by a command that reached this sequence; also for a repeated one.
    func creationTime(of job: JobID, _ sequence: UInt64) async throws -> Timestamp {
        guard await engine.jobs.caughtUp(to: sequence) else { throw Problem.behind }
        guard let birth = await engine.jobs.births(of: [job])[0] else { throw Refusal.notFound(job) }
        return birth.createdAt
    }
}

extension Reply {
    /// A JSON object.
    static func json(
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil,
        _ write: (inout JSONWriter) -> Void
    ) -> Reply {
        var json = JSONWriter()
        write(&json)
        return .json(json.finish(), status: status, sequence: sequence)
    }

    /// A JSON list of objects.
    static func list<Item>(
        _ items: some Sequence<Item>,
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil,
        _ write: (Item, inout JSONWriter) -> Void
    ) -> Reply {
        .json(JSONWriter.list(items, write), status: status, sequence: sequence)
    }
}
