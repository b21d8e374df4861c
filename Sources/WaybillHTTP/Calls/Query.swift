package import Names

/// The parameters of a query, taken one by one under the names that are known; what is left is unknown, and an
/// error, so that a misspelt filter never passes silently.
package struct Query: Sendable {
    private var left: [(name: Name, value: String)] = []

    /// - Parameter text: What follows the `?`, with escapes in names and values, and a `+` for each blank.
    init(_ text: String?) throws(Problem) {
        for pair in (text ?? "").unicodeScalars.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decodedInQuery(Substring(parts[0])),
                let value = PercentEncoding.decodedInQuery(parts.count > 1 ? Substring(parts[1]) : "")
            else { throw .malformed("the query is not percent-encoded UTF-8") }
            left.append((Name(name), value))
        }
    }

    package func finish() throws(Problem) {
        if let unknown = left.first { throw .invalid(unknown.name.text, "is not a parameter here") }
    }

    package mutating func text(_ name: String) throws(Problem) -> String? {
        let values = left.filter { $0.name == Name(name) }
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw .invalid(name, "stands twice") }
        left.removeAll { $0.name == Name(name) }
        return value.value
    }

    package mutating func name(_ name: String) throws(Problem) -> Name? {
        try text(name).map { Name($0) }
    }

    /// A whole number in a range.
    package mutating func integer<Integer: FixedWidthInteger>(
        _ name: String,
        in range: ClosedRange<Integer>
    ) throws(Problem) -> Integer? {
        guard let text = try text(name) else { return nil }
        guard let value = Integer(text), range.contains(value) else {
            throw .invalid(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    package mutating func flag(_ name: String) throws(Problem) -> Bool? {
        switch try text(name) {
        case nil: return nil
        case "true": return true
        case "false": return false
        default: throw .invalid(name, "must be true or false")
        }
    }

    /// One of some values by its name.
    package mutating func choice<Value>(
        _ name: String,
        _ values: some Collection<Value>,
        _ word: (Value) -> String
    ) throws(Problem) -> Value? {
        guard let text = try text(name) else { return nil }
        if let value = values.first(where: { word($0) == text }) { return value }
        throw .invalid(name, "must be \(values.map(word).joined(separator: " or "))")
    }

    /// Texts with commas between them.
    package mutating func list(_ name: String) throws(Problem) -> [String] {
        guard let text = try text(name) else { return [] }
        let items = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String($0) ?? ""
        }
        guard items.allSatisfy({ !$0.isEmpty }) else { throw .invalid(name, "has an empty item") }
        return items
    }
}

/// How much of a list one answer holds.
package enum Pages {
    package static let usual = 100
    package static let longest = 1000
    /// A page ends sooner where its items are large; one item may be larger by itself.
    package static let mostBytes = 4 << 20
}

extension Query {
    package mutating func limit() throws(Problem) -> Int {
        try integer("limit", in: 1...Pages.longest) ?? Pages.usual
    }
}

extension APIOperation.Parameter {
    package static let limit = APIOperation.Parameter(
        "limit",
        .integer(1...Int64(Pages.longest)),
        "Items of the answer at most; \(Pages.usual) where nothing is said"
    )

    package static func cursor(_ schema: Schema = .text(isEmptyAllowed: false)) -> APIOperation.Parameter {
        APIOperation.Parameter(
            "cursor",
            schema,
            "The `next` of the page before, which ends sooner than at its limit after \(Pages.mostBytes >> 20) MiB"
        )
    }
}
