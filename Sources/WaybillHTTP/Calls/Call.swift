package import HTTPTypes
import Hummingbird
package import JSONText

/// One request, as an endpoint sees it: parsed as far as every endpoint needs it.
package struct Call<Served: Backend>: Sendable {
    package let backend: Served
    /// How far the backend had come when the request was there; a read shows at least that.
    let reached: UInt64
    package let limits: ServerLimits
    let parameters: Parameters
    package let headers: HTTPFields
    /// The body's bytes; empty where there was none.
    package let body: [UInt8]
    /// Without what every endpoint takes: `minSequence`.
    package var query: Query
    /// Under which the same request sent twice is one.
    package let idempotencyKey: String?
    /// The version that the request expects of what it changes.
    package let expectedVersion: UInt64?
    package let connection: Connection
    /// How many may follow something live.
    package let subscribers: SubscriberLimit

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
        guard let text = PathSegment.decode(raw) else { throw .malformed("the path is not percent-encoded") }
        return text
    }

    /// The body as a JSON object.
    package func fields() throws -> JSONFields {
        guard !body.isEmpty else { throw Problem.malformed("the body is empty; it must be a JSON object") }
        return try JSONFields(try JSONValue.parse(body[...]))
    }

    /// The body as a JSON object, an empty one where there is none.
    // Not inlined: Swift 6.3 crashes over an optimised coroutine that holds both branches.
    @inline(never)
    package func optionalFields() throws -> JSONFields {
        body.isEmpty ? try JSONFields(.object([])) : try fields()
    }
}

/// What stands between two slashes of a path, with `%2F` and its like as what they stand for.
enum PathSegment {
    /// Nil where a percent sign is not followed by two hexadecimal digits, or the bytes are no UTF-8.
    static func decode(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x25) else { return text }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x25 else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            else { return nil }
            decoded.append(high << 4 | low)
            index += 3
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
