import HTTPTypes
import Hummingbird
import NIOCore

/// What a route answers.
struct Reply: Sendable {
    enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Written piece by piece while the client is there; ends when the closure returns.
        case stream(@Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void)
    }

    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: Body
    /// The sequence that the answer shows, or that its command reached.
    var sequence: UInt64?

    init(
        _ status: HTTPResponse.Status,
        headers: HTTPFields = [:],
        body: Body = .empty,
        sequence: UInt64? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.sequence = sequence
    }

    /// A JSON document.
    static func json(
        _ bytes: [UInt8],
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil
    ) -> Reply {
        Reply(status, headers: [.contentType: "application/json"], body: .bytes(bytes), sequence: sequence)
    }

    static func text(_ text: String, _ contentType: String) -> Reply {
        Reply(.ok, headers: [.contentType: contentType], body: .bytes(Array(text.utf8)))
    }

    /// The same with one field more.
    func with(_ name: HTTPField.Name, _ value: String) -> Reply {
        var reply = self
        reply.headers[name] = value
        return reply
    }
}

extension HTTPField.Name {
    static let waybillSequence = Self("Waybill-Sequence").unsafelyUnwrapped
    static let idempotencyKey = Self("Idempotency-Key").unsafelyUnwrapped
    static let lastEventID = Self("Last-Event-ID").unsafelyUnwrapped
    static let traceparent = Self("traceparent").unsafelyUnwrapped
    static let secFetchSite = Self("Sec-Fetch-Site").unsafelyUnwrapped
    static let requestID = Self("X-Request-Id").unsafelyUnwrapped
}
