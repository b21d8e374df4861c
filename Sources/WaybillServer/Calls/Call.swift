import HTTPTypes
import Hummingbird
import Logging
import Waybill
import WaybillJSON

/// One request, as a route sees it: parsed as far as every route needs it.
struct Call: Sendable {
    let engine: Engine
    let limits: ServerLimits
    let method: HTTPRequest.Method
    /// Without the query.
    let path: String
    let parameters: Parameters
    let headers: HTTPFields
    /// The body's bytes; empty where there was none.
    let body: [UInt8]
    /// Without what every route takes: `minSequence`.
    var query: Query
    /// Who asks, with the idempotency key, the trace and the version that the request expects.
    let context: CommandContext
    /// What this server does one after another.
    let turns: Turns
    let connection: Connection
    /// The places of those who follow something live.
    let seats: SubscriberLimit
    let logger: Logger

    /// The number that stands in the path, from 1.
    func number(_ name: String) throws(Problem) -> UInt64 {
        guard let text = parameters.get(name), let first = text.utf8.first, (0x31...0x39).contains(first),
            let number = UInt64(text)
        else { throw .invalid(name, "must be a whole number from 1 to \(UInt64.max)") }
        return number
    }

    func job(_ name: String = "id") throws(Problem) -> JobID { JobID(try number(name)) }

    /// The text that stands in the path.
    func text(_ name: String) throws(Problem) -> String {
        guard let raw = parameters.get(name), !raw.isEmpty else { throw .invalid(name, "is empty") }
        guard let text = PathSegment.decode(raw) else { throw .malformed("the path is not percent-encoded") }
        return text
    }

    /// The body as a JSON object.
    func fields() throws -> JSONFields {
        guard !body.isEmpty else { throw Problem.malformed("the body is empty; it must be a JSON object") }
        return try JSONFields(try JSONValue.parse(body[...]))
    }

    /// The body as a JSON object, an empty one where there is none.
    // Not inlined: Swift 6.3 crashes over an optimised coroutine that holds both branches.
    @inline(never)
    func optionalFields() throws -> JSONFields {
        body.isEmpty ? try JSONFields(.object([])) : try fields()
    }
}
