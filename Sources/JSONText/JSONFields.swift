import FoundationEssentials
package import Names

/// The members of one JSON object, taken one by one under the names that are known; what is left is unknown, and
/// an error, so that a misspelt field never passes silently.
package struct JSONFields {
    private let members: [Name: JSONValue.Member]
    private var left: Set<Name>
    /// Where the object stands, such as `retry.`; empty for the outermost.
    private let prefix: String

    package init(_ value: JSONValue, prefix: String = "") throws(FieldProblem) {
        guard case .object(let list) = value else {
            let field = prefix.isEmpty ? nil : String(prefix.dropLast())
            throw FieldProblem(field: field, problem: "must be an object")
        }
        members = Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        left = Set(members.keys)
        self.prefix = prefix
    }

    package func problem(_ name: String, _ problem: String) -> FieldProblem {
        FieldProblem(field: prefix + name, problem: problem)
    }

    package func finish() throws(FieldProblem) {
        if let name = left.min() { throw problem(name.text, "is not a field of this command") }
    }

    /// The member, or nil where it is missing or null.
    package mutating func member(_ name: String) -> JSONValue.Member? {
        left.remove(Name(name))
        guard let member = members[Name(name)] else { return nil }
        if case .null = member.value { return nil }
        return member
    }

    /// Whether the member is there and not null.
    package func holds(_ name: String) -> Bool {
        guard let member = members[Name(name)] else { return false }
        if case .null = member.value { return false }
        return true
    }

    /// Whether the member is there, null or not.
    package func mentions(_ name: String) -> Bool { members[Name(name)] != nil }

    /// One of some values by its name.
    package mutating func choice<Value>(
        _ name: String,
        _ values: [Value],
        _ word: (Value) -> String
    ) throws(FieldProblem) -> Value? {
        guard let text = try text(name) else { return nil }
        for value in values where word(value) == text { return value }
        throw problem(name, "must be \(values.map(word).joined(separator: " or "))")
    }

    package mutating func requiredChoice<Value>(
        _ name: String,
        _ values: [Value],
        _ word: (Value) -> String
    ) throws(FieldProblem) -> Value {
        guard let value = try choice(name, values, word) else { throw problem(name, "is missing") }
        return value
    }

    package mutating func required(_ name: String) throws(FieldProblem) -> JSONValue.Member {
        guard let member = member(name) else { throw problem(name, "is missing") }
        return member
    }

    package mutating func text(_ name: String) throws(FieldProblem) -> String? {
        guard let member = member(name) else { return nil }
        guard case .string(let text) = member.value else { throw problem(name, "must be a text") }
        return text
    }

    package mutating func requiredText(_ name: String) throws(FieldProblem) -> String {
        guard let text = try text(name), !text.isEmpty else { throw problem(name, "is missing or empty") }
        return text
    }

    package mutating func name(_ name: String) throws(FieldProblem) -> Name? {
        try text(name).map { Name($0) }
    }

    package mutating func requiredName(_ name: String) throws(FieldProblem) -> Name {
        Name(try requiredText(name))
    }

    /// Bytes as base64 (RFC 4648, padded).
    package mutating func base64(_ name: String) throws(FieldProblem) -> [UInt8]? {
        guard let text = try text(name) else { return nil }
        guard let data = Data(base64Encoded: text) else { throw problem(name, "must be base64") }
        return [UInt8](data)
    }

    package mutating func flag(_ name: String) throws(FieldProblem) -> Bool? {
        guard let member = member(name) else { return nil }
        guard case .bool(let flag) = member.value else { throw problem(name, "must be true or false") }
        return flag
    }

    package mutating func integer<Integer: FixedWidthInteger>(
        _ name: String,
        _ type: Integer.Type
    ) throws(FieldProblem) -> Integer? {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value, let value = Number.whole(text, Integer.self) else {
            throw problem(name, "must be a whole number from \(Integer.min) to \(Integer.max)")
        }
        return value
    }

    package mutating func real(_ name: String, in range: ClosedRange<Double>) throws(FieldProblem) -> Double?
    {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value, let value = Number.finite(text), range.contains(value)
        else {
            throw problem(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    package mutating func names(_ name: String) throws(FieldProblem) -> [Name] {
        guard let member = member(name) else { return [] }
        guard case .array(let values) = member.value else { throw problem(name, "must be a list of texts") }
        var result: [Name] = []
        for value in values {
            guard case .string(let text) = value else { throw problem(name, "must be a list of texts") }
            result.append(Name(text))
        }
        return result
    }

    /// Whole numbers from 1, so many of them; none where it is missing and may be.
    package mutating func numbers(_ name: String, count: ClosedRange<Int>) throws(FieldProblem) -> [UInt64] {
        if count.contains(0), !holds(name) {
            left.remove(Name(name))
            return []
        }
        guard case .array(let values) = try required(name).value, count.contains(values.count) else {
            throw problem(name, "must be a list of \(count.lowerBound) to \(count.upperBound) numbers")
        }
        var result: [UInt64] = []
        for value in values {
            guard case .number(let text) = value, let number = Number.whole(text, UInt64.self), number > 0
            else { throw problem(name, "must be a list of whole numbers from 1") }
            result.append(number)
        }
        return result
    }

    package mutating func attributes(_ name: String) throws(FieldProblem) -> [Name: String] {
        guard let member = member(name) else { return [:] }
        guard case .object(let members) = member.value else {
            throw problem(name, "must be an object of texts")
        }
        var result: [Name: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else {
                throw problem(name, "must be an object of texts")
            }
            result[member.name] = text
        }
        return result
    }

    /// The object under `name`, to be read with its own fields.
    package mutating func object(_ name: String) throws(FieldProblem) -> JSONFields? {
        guard let member = member(name) else { return nil }
        return try JSONFields(member.value, prefix: prefix + name + ".")
    }

    /// The objects of the list under `name`, at least one.
    package mutating func objects(_ name: String) throws(FieldProblem) -> [JSONFields] {
        guard case .array(let values) = try required(name).value, !values.isEmpty else {
            throw problem(name, "must be a list of objects")
        }
        var result: [JSONFields] = []
        for (index, value) in values.enumerated() {
            result.append(try JSONFields(value, prefix: "\(prefix)\(name)[\(index)]."))
        }
        return result
    }
}

/// What is wrong with one field of a JSON object: its path, where one can be named, and the problem.
package struct FieldProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package var field: String?
    package var problem: String

    package init(field: String? = nil, problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { field.map { "\($0) \(problem)" } ?? problem }
}
