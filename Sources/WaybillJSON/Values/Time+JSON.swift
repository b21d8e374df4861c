package import JSONText
package import Orchestration

// Moments are RFC 3339 texts; lengths of time are milliseconds under names that end in `Ms`.

extension Timestamp: JSONRepresentable {
    /// `2026-11-20T09:30:00.000000001Z` (RFC 3339, UTC); the fraction is left out where it is zero.
    package var rfc3339: String { CivilTime(nanoseconds: nanoseconds).rfc3339 }

    /// Reads what ``rfc3339`` writes, and every other offset.
    package init(rfc3339 text: String, needsZone: Bool = true) throws(TimeProblem) {
        self.init(nanoseconds: try CivilTime.moment(Array(text.utf8)[...], needsZone: needsZone))
    }

    package func append(to json: inout JSONWriter) { json.append(rfc3339) }
}

extension CivilTime {
    /// The same as ``nanoseconds(_:needsZone:)``, as the domain's type.
    package static func timestamp(_ text: ArraySlice<UInt8>, needsZone: Bool) -> Timestamp? {
        nanoseconds(text, needsZone: needsZone).map { Timestamp(nanoseconds: $0) }
    }
}

/// How the moments of a text are written.
package protocol Moments {
    /// Nil where the field is missing or null.
    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp?
}

/// Moments as RFC 3339 texts, with any offset.
package struct Dates: Moments {
    package init() {}

    package func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        guard let text = try fields.text(name) else { return nil }
        do { return try Timestamp(rfc3339: text) } catch { throw fields.problem(name, "\(error)") }
    }
}

extension TimeSpan {
    /// The longest that JSON takes: 2^32 seconds, 136 years.
    package static let longest = TimeSpan.seconds(4_294_967_296)
    /// The shortest that is one at all.
    package static let shortest = TimeSpan(nanoseconds: 1)

    /// Milliseconds as a decimal number, exact to the nanosecond: `1500`, `0.25`.
    package var milliseconds: String {
        let (whole, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let sign = nanoseconds < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var fraction = CivilTime.padded(Int64(rest), 6)
        while fraction.last == "0" { fraction.removeLast() }
        return "\(sign)\(whole).\(fraction)"
    }
}

extension JSONWriter {
    package mutating func milliseconds(_ name: String, _ span: TimeSpan) {
        field(name, json: Array(span.milliseconds.utf8))
    }

    /// Left out where there is none.
    package mutating func milliseconds(_ name: String, _ span: TimeSpan?) {
        if let span { milliseconds(name, span) }
    }
}

extension JSONFields {
    /// Milliseconds, with a fraction down to the nanosecond.
    package mutating func milliseconds(
        _ name: String,
        atLeast least: TimeSpan = .zero,
        atMost longest: TimeSpan = .longest
    ) throws(FieldProblem) -> TimeSpan? {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value, let count = Number.finite(text),
            (Double(least.nanoseconds) / 1e6...Double(longest.nanoseconds) / 1e6).contains(count)
        else {
            let range = "\(least.milliseconds) to \(longest.milliseconds)"
            throw problem(name, "must be milliseconds from \(range)")
        }
        // Apart, for whole ones are exact however many they are.
        let whole = count.rounded(.down)
        let fraction = TimeSpan(nanoseconds: Int64(((count - whole) * 1e6).rounded()))
        return .milliseconds(Int64(whole)) + fraction
    }

    /// More than nothing, by a nanosecond at least.
    package mutating func positiveMilliseconds(_ name: String) throws(FieldProblem) -> TimeSpan? {
        try milliseconds(name, atLeast: .shortest)
    }

    package mutating func requiredPositiveMilliseconds(_ name: String) throws(FieldProblem) -> TimeSpan {
        guard let span = try positiveMilliseconds(name) else { throw problem(name, "is missing") }
        return span
    }
}
