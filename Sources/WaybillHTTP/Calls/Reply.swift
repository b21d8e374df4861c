package import HTTPTypes
package import JSONText

/// What a route answers.
package struct Reply: Sendable {
    package enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Written piece by piece while the client is there; ends when the closure returns.
        case stream(@Sendable @concurrent (inout BodyWriter) async throws -> Void)
    }

    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: Body
    /// The sequence that the answer shows, or that its command reached.
    package var sequence: UInt64?

    package init(
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
    package static func json(
        _ bytes: [UInt8],
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil
    ) -> Reply {
        Reply(status, headers: [.contentType: "application/json"], body: .bytes(bytes), sequence: sequence)
    }

    /// A JSON object.
    package static func json(
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil,
        _ write: (inout JSONWriter) -> Void
    ) -> Reply {
        var json = JSONWriter()
        write(&json)
        return .json(json.finish(), status: status, sequence: sequence)
    }

    /// A JSON list of objects.
    package static func list<Item>(
        _ items: some Sequence<Item>,
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil,
        _ write: (Item, inout JSONWriter) -> Void
    ) -> Reply {
        .json(JSONWriter.list(items, write), status: status, sequence: sequence)
    }

    package static func text(_ text: String, _ contentType: String) -> Reply {
        Reply(.ok, headers: [.contentType: contentType], body: .bytes(Array(text.utf8)))
    }

    /// The same with one field more.
    package func with(_ name: HTTPField.Name, _ value: String) -> Reply {
        var reply = self
        reply.headers[name] = value
        return reply
    }
}

extension HTTPField.Name {
    static let waybillSequence = Self("Waybill-Sequence").unsafelyUnwrapped
    static let idempotencyKey = Self("Idempotency-Key").unsafelyUnwrapped
    package static let lastEventID = Self("Last-Event-ID").unsafelyUnwrapped
    static let secFetchSite = Self("Sec-Fetch-Site").unsafelyUnwrapped
    static let requestID = Self("X-Request-Id").unsafelyUnwrapped
}
