import HTTPTypes
import Waybill
import WaybillJSON

extension Call {
    /// A single resource with its version as ETag, or 304 where the client has that version already.
    func tagged(_ version: UInt64, _ write: (inout JSONWriter) -> Void) -> Reply {
        let tag = "\"\(version)\""
        if let known = headers[.ifNoneMatch], known == "*" || known.hasTag(tag) {
            return Reply(.notModified, headers: [.eTag: tag])
        }
        return Reply.json(write).with(.eTag, tag)
    }

    /// When a job was created by a command that reached this sequence; also for a repeated one.
    func creationTime(of job: JobID, _ sequence: UInt64) async throws -> Timestamp {
        guard await engine.jobs.caughtUp(to: sequence), let row = await engine.jobs[job] else {
            throw Problem(
                .serviceUnavailable,
                "behind",
                "the job was created; the read models do not show it yet"
            )
        }
        return row.createdAt
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

extension String {
    /// Whether an `If-None-Match` names the tag, a weak one too (RFC 9110, 13.1.2).
    fileprivate func hasTag(_ tag: String) -> Bool {
        split(separator: ",").contains { part in
            let name = part.drop { $0 == " " || $0 == "\t" }
            return (name.hasPrefix("W/") ? name.dropFirst(2) : name).prefix(tag.count) == tag[...]
        }
    }
}
