package import HTTPTypes
import JSONText

/// Why a request was not served: a problem document (RFC 9457), whose `detail` is what the services' clients read.
package struct Problem: Error, Sendable {
    /// One wrong field or parameter.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var problem: String

        package init(name: String, problem: String) {
            self.name = name
            self.problem = problem
        }
    }

    package var status: HTTPResponse.Status
    /// What scripts decide by, such as `leaseLost`.
    package var code: String
    /// One sentence for people.
    package var detail: String
    package var errors: [Field] = []
    package var retryAfter: Duration?
    /// The state's sequence, where one is known.
    package var sequence: UInt64?
    /// Header fields that say what would be taken instead, such as Allow.
    package var headers: HTTPFields = [:]
    /// Whether nothing more can be read from the client.
    package var endsConnection = false

    package init(
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
        json.field("status", status.code)
        json.field("detail", detail)
        json.field("instance", instance)
        json.field("code", code)
        if let sequence { json.field("sequence", sequence) }
        if let retryAfter { json.field("retryAfterMs", Int(retryAfter / .milliseconds(1))) }
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
    package static func malformed(_ detail: String) -> Problem { Problem(.badRequest, "malformed", detail) }

    package static let closing = Problem(
        .serviceUnavailable,
        "closing",
        "the server is closing",
        retryAfter: .seconds(1)
    )

    /// For the log of whoever stands between; the client itself reads no more, or only its answer.
    package static let callerGone = Problem(
        HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"),
        "callerGone",
        "the client closed its side, and nothing waits for work on its behalf"
    )

    package static let behind = Problem(
        .serviceUnavailable,
        "behind",
        "the read models do not follow the log",
        retryAfter: .seconds(1)
    )

    package static func notFound(_ what: String) -> Problem { Problem(.notFound, "notFound", what) }

    /// One field or parameter whose value can't be taken.
    package static func invalid(_ name: String, _ problem: String) -> Problem {
        Problem(
            .unprocessableContent,
            "invalid",
            "\(name) \(problem)",
            errors: [Field(name: name, problem: problem)]
        )
    }
}

extension Problem {
    /// RFC 9457, and what this server adds to it.
    static let schema = Schema.object([
        .required("type", .text()),
        .required("title", .text()),
        .required("status", .integer(400...599)),
        .required("detail", .text(), "One sentence for people"),
        .required("instance", .text(), "The path of the request"),
        .required("code", .text(), "What scripts decide by"),
        .optional("sequence", .natural()),
        .optional("retryAfterMs", .natural()),
        .optional(
            "errors",
            .list(
                .object([.required("field", .text()), .required("problem", .text())]),
                atLeast: 1
            )
        ),
    ])
}
