import HTTPTypes
import WaybillJSON

/// Why a request was not served: a problem document (RFC 9457), whose `detail` is what the services' clients read.
struct Problem: Error, Sendable {
    /// One wrong field or parameter.
    struct Field: Sendable, Hashable {
        var name: String
        var problem: String
    }

    var status: HTTPResponse.Status
    /// What scripts decide by, such as `leaseLost`.
    var code: String
    /// One sentence for people.
    var detail: String
    var errors: [Field] = []
    var retryAfter: Duration?
    /// The state's sequence, where one is known.
    var sequence: UInt64?
    /// The methods that the path takes, where the request's isn't one.
    var allowed: String?
    /// Whether the client should ask for a WebSocket.
    var upgrade = false
    /// Whether nothing more can be read from the client.
    var endsConnection = false

    init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ detail: String,
        errors: [Field] = [],
        retryAfter: Duration? = nil
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.retryAfter = retryAfter
    }

    /// The document; `instance` is the request's path.
    func body(instance: String) -> [UInt8] {
        var json = JSONWriter()
        json.field("type", "about:blank")
        json.field("title", status.reasonPhrase)
        json.field("status", UInt64(status.code))
        json.field("detail", detail)
        json.field("instance", instance)
        json.field("code", code)
        if let sequence { json.field("sequence", sequence) }
        if let retryAfter { json.field("retryAfterMs", UInt64(retryAfter / .milliseconds(1))) }
        if !errors.isEmpty {
            json.list("errors", errors) { field, json in
                json.field("field", field.name)
                json.field("problem", field.problem)
            }
        }
        return json.finish()
    }
}

extension Problem {
    static func malformed(_ detail: String) -> Problem { Problem(.badRequest, "malformed", detail) }

    static let behind = Problem(
        .serviceUnavailable,
        "behind",
        "the read models do not follow the log",
        retryAfter: .seconds(1)
    )

    static func notFound(_ what: String) -> Problem { Problem(.notFound, "notFound", what) }

    /// One field or parameter whose value can't be taken.
    static func invalid(_ name: String, _ problem: String) -> Problem {
        Problem(
            .unprocessableContent,
            "invalid",
            "\(name) \(problem)",
            errors: [Field(name: name, problem: problem)]
        )
    }
}
