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
    /// Whether the ETag tells all that the answer says: who has it needs no body.
    private(set) var isWholeByTag = false

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

    /// A value in its JSON form.
    package static func json(
        _ value: some JSONObject,
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil
    ) -> Reply {
        .json(value.json, status: status, sequence: sequence)
    }

    /// A list of values, each in its JSON form.
    package static func json(
        _ list: [some JSONObject],
        status: HTTPResponse.Status = .ok,
        sequence: UInt64? = nil
    ) -> Reply {
        .json(list.json, status: status, sequence: sequence)
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

extension Reply {
    /// Nothing but that it was done.
    package static func empty(sequence: UInt64? = nil) -> Reply {
        Reply(.noContent, sequence: sequence)
    }

    /// With its version as the ETag; a client that has this version needs no body.
    package func tagged(_ version: UInt64) -> Reply { tagged("\(version)") }

    /// With an ETag made of what it says, for what has no version.
    package func taggedByContent() -> Reply {
        guard case .bytes(let bytes) = body else { return self }
        // FNV-1a, 64 bits: two answers to one path that differ share a tag once in 2^64.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return tagged("c\(String(hash, radix: 16))")
    }

    /// The same for what moves on without a new version: commands may name it, but no client has all that it says.
    package func partlyTagged(_ version: UInt64) -> Reply { with(.eTag, "\"\(version)\"") }

    private func tagged(_ tag: String) -> Reply {
        var reply = with(.eTag, "\"\(tag)\"")
        reply.isWholeByTag = true
        return reply
    }

    /// The ETag that it has.
    var tag: EntityTag? {
        headers[.eTag].map { EntityTag(isWeak: false, text: String($0.dropFirst().dropLast())) }
    }
}
