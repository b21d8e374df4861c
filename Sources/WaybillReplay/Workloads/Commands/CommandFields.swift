import Orchestration

/// The members of one JSON object, taken one by one under the names that are known; what is left is unknown, and
/// an error, so that a misspelt field never passes silently.
struct CommandFields {
    private let members: [String: JSONValue.Member]
    private var left: Set<String>
    /// Where the object stands, such as `retry.`; empty for the line itself.
    private let prefix: String
    private let line: Int

    init(_ value: JSONValue, line: Int, prefix: String = "") throws(LineProblem) {
        guard case .object(let list) = value else {
            let field = prefix.isEmpty ? nil : String(prefix.dropLast())
            throw LineProblem(line: line, field: field, problem: "must be an object")
        }
        members = Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        left = Set(members.keys)
        self.prefix = prefix
        self.line = line
    }

    func problem(_ name: String, _ problem: String) -> LineProblem {
        LineProblem(line: line, field: prefix + name, problem: problem)
    }

    func finish() throws(LineProblem) {
        if let name = left.min() { throw problem(name, "is not a field of this command") }
    }

    /// The member, or nil where it is missing or null.
    mutating func member(_ name: String) -> JSONValue.Member? {
        left.remove(name)
        guard let member = members[name] else { return nil }
        if case .null = member.value { return nil }
        return member
    }

    /// Whether the member is there and not null.
    func holds(_ name: String) -> Bool {
        guard let member = members[name] else { return false }
        if case .null = member.value { return false }
        return true
    }

    /// One of some values by its name.
    mutating func choice<Value>(
        _ name: String,
        _ values: [Value],
        _ word: (Value) -> String
    ) throws(LineProblem) -> Value? {
        guard let text = try text(name) else { return nil }
        for value in values where word(value) == text { return value }
        throw problem(name, "must be \(values.map(word).joined(separator: " or "))")
    }

    mutating func required(_ name: String) throws(LineProblem) -> JSONValue.Member {
        guard let member = member(name) else { throw problem(name, "is missing") }
        return member
    }

    mutating func text(_ name: String) throws(LineProblem) -> String? {
        guard let member = member(name) else { return nil }
        guard case .string(let text) = member.value else { throw problem(name, "must be a text") }
        return text
    }

    mutating func requiredText(_ name: String) throws(LineProblem) -> String {
        guard let text = try text(name), !text.isEmpty else { throw problem(name, "is missing or empty") }
        return text
    }

    mutating func flag(_ name: String) throws(LineProblem) -> Bool? {
        guard let member = member(name) else { return nil }
        guard case .bool(let flag) = member.value else { throw problem(name, "must be true or false") }
        return flag
    }

    mutating func integer<Integer: FixedWidthInteger>(
        _ name: String,
        _ type: Integer.Type
    ) throws(LineProblem) -> Integer? {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value,
            let value = Integer(String(decoding: text, as: UTF8.self))
        else { throw problem(name, "must be a whole number from \(Integer.min) to \(Integer.max)") }
        return value
    }

    mutating func real(_ name: String, in range: ClosedRange<Double>) throws(LineProblem) -> Double? {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value, let value = Number.finite(text), range.contains(value)
        else {
            throw problem(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A value of a curve: a number, or one of the texts "NaN", "Infinity" and "-Infinity", which JSON lacks.
    mutating func curveValue(_ name: String) throws(LineProblem) -> Double {
        switch try required(name).value {
        case .number(let text):
            if let value = Number.real(text) { return value }
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        default: break
        }
        throw problem(name, "must be a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    /// Seconds, with a fraction, from 0 to 2^32.
    mutating func span(_ name: String) throws(LineProblem) -> Span? {
        guard let seconds = try real(name, in: 0...4_294_967_296) else { return nil }
        return Span(nanoseconds: Int64((seconds * 1e9).rounded()))
    }

    mutating func requiredSpan(_ name: String) throws(LineProblem) -> Span {
        guard let span = try span(name) else { throw problem(name, "is missing") }
        return span
    }

    mutating func texts(_ name: String) throws(LineProblem) -> [String] {
        guard let member = member(name) else { return [] }
        guard case .array(let values) = member.value else { throw problem(name, "must be a list of texts") }
        var result: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw problem(name, "must be a list of texts") }
            result.append(text)
        }
        return result
    }

    mutating func dictionary(_ name: String) throws(LineProblem) -> [String: String] {
        guard let member = member(name) else { return [:] }
        guard case .object(let members) = member.value else {
            throw problem(name, "must be an object of texts")
        }
        var result: [String: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else {
                throw problem(name, "must be an object of texts")
            }
            result[member.name] = text
        }
        return result
    }

    /// The object under `name`, to be read with its own fields.
    mutating func object(_ name: String) throws(LineProblem) -> CommandFields? {
        guard let member = member(name) else { return nil }
        return try CommandFields(member.value, line: line, prefix: prefix + name + ".")
    }

    /// The objects of the list under `name`, at least one.
    mutating func objects(_ name: String) throws(LineProblem) -> [CommandFields] {
        guard case .array(let values) = try required(name).value, !values.isEmpty else {
            throw problem(name, "must be a list of objects")
        }
        var result: [CommandFields] = []
        for (index, value) in values.enumerated() {
            result.append(try CommandFields(value, line: line, prefix: "\(prefix)\(name)[\(index)]."))
        }
        return result
    }

    /// A job: the text of a `ref`, or a number as an id.
    mutating func job(_ name: String) throws(LineProblem) -> JobReference {
        try reference(try required(name).value, name)
    }

    mutating func jobs(_ name: String) throws(LineProblem) -> [JobReference] {
        guard case .array(let values) = try required(name).value, !values.isEmpty else {
            throw problem(name, "must be a list of jobs")
        }
        var result: [JobReference] = []
        for value in values { result.append(try reference(value, name)) }
        return result
    }

    private func reference(_ value: JSONValue, _ name: String) throws(LineProblem) -> JobReference {
        switch value {
        case .string(let text) where !text.isEmpty: return .name(text)
        case .number(let text):
            if let id = UInt64(String(decoding: text, as: UTF8.self)), id > 0 { return .id(JobID(id)) }
        default: break
        }
        throw problem(name, "must be a ref or a job's number")
    }
}
