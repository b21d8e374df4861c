package import JSONText
package import Orchestration

/// How the times of a text are written.
package protocol Moments {
    /// Nil where the field is missing or null.
    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp?
}

/// Times as RFC 3339 texts, with any offset.
package struct Dates: Moments {
    package init() {}

    package func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        guard let text = try fields.text(name) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw fields.problem(name, "must be an RFC 3339 time, such as 2026-11-20T09:30:00Z")
        }
        return moment
    }
}
