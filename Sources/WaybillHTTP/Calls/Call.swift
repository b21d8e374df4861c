package import HTTPTypes
import Hummingbird
package import JSONText
package import Names

/// One request, as an endpoint sees it: parsed as far as every endpoint needs it.
package struct Call<Served: Backend>: Sendable {
    package let backend: Served
    /// How far the backend had come when the request was there; a read shows at least that.
    let reached: UInt64
    package let limits: ServerLimits
    let parameters: Parameters
    package let headers: HTTPFields
    let content: RequestBody
    /// Without what every endpoint takes: `minSequence`.
    package var query: Query
    /// Under which the same request sent twice is one.
    package let idempotencyKey: Name?
    let preconditions: Preconditions
    /// The version that the request expects of what it changes.
    package let expectedVersion: UInt64?
    package let connection: Connection
    /// How many may follow something live.
    package let subscribers: SubscriberLimit

    /// The body's bytes; empty where there was none.
    package var body: [UInt8] { content.bytes }

    /// The trace that the request belongs to (W3C Trace Context).
    package var traceparent: String? { headers[.traceparent] }

    /// The number that stands in the path, from 1.
    package func number(_ name: String) throws(Problem) -> UInt64 {
        guard let text = parameters.get(name), let first = text.utf8.first, (0x31...0x39).contains(first),
            let number = UInt64(text)
        else { throw .invalid(name, "must be a whole number from 1 to \(UInt64.max)") }
        return number
    }

    /// The text that stands in the path.
    package func text(_ name: String) throws(Problem) -> String {
        guard let raw = parameters.get(name), !raw.isEmpty else { throw .invalid(name, "is empty") }
        guard let text = PercentEncoding.decoded(raw) else {
            throw .malformed("the path is not percent-encoded UTF-8")
        }
        return text
    }

    /// The body as a JSON object.
    package func fields() throws -> JSONFields {
        guard let value = content.value else {
            throw Problem.malformed("the body is empty; it must be a JSON object")
        }
        return try JSONFields(value)
    }

    /// The body as a JSON object, an empty one where there is none.
    package func optionalFields() throws -> JSONFields { try JSONFields(content.value ?? .object([])) }
}
