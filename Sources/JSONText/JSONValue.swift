package import Names

/// A parsed JSON text (RFC 8259), strict: no comments, no trailing commas, no member twice in one object.
///
/// Numbers keep their text, so that no digit is lost; members keep their source, so that a payload is handed on
/// byte for byte.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(ArraySlice<UInt8>)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Sendable {
        package var name: Name
        package var value: JSONValue
        package var source: ArraySlice<UInt8>
    }

    /// Throws a sentence that says what is wrong, with the byte's place in the line from 1.
    package static func parse(_ text: ArraySlice<UInt8>) throws(JSONProblem) -> JSONValue {
        var parser = JSONParser(text)
        let value = try parser.value(depth: 0)
        try parser.end()
        return value
    }
}

package struct JSONProblem: Error {
    package var message: String
}

/// A recursive-descent reader over one line; nesting is bounded, so that hostile input cannot end the stack.
private struct JSONParser {
    static let deepest = 64
    private let text: ArraySlice<UInt8>
    private var index: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        self.index = text.startIndex
    }

    private var byte: UInt8? { index < text.endIndex ? text[index] : nil }

    private func problem(_ message: String) -> JSONProblem {
        JSONProblem(message: "\(message) at byte \(index - text.startIndex + 1)")
    }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a { index += 1 }
    }

    mutating func end() throws(JSONProblem) {
        skipBlanks()
        if index < text.endIndex { throw problem("text after the value") }
    }

    mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        if depth > Self.deepest { throw problem("nested too deeply") }
        skipBlanks()
        switch byte {
        case 0x7b: return try object(depth: depth)
        case 0x5b: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6e: return try word("null", .null)
        case nil: throw problem("the text ends where a value is expected")
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        guard text[index...].starts(with: word.utf8) else { throw problem("not a value") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONProblem) -> JSONValue {
        let start = index
        if byte == 0x2d { index += 1 }
        let whole = digits()
        if whole == 0 || (whole > 1 && text[index - whole] == 0x30) {
            index = start
            throw problem("not a value")
        }
        if byte == 0x2e {
            index += 1
            if digits() == 0 { throw problem("a digit is missing") }
        }
        if byte == 0x65 || byte == 0x45 {
            index += 1
            if byte == 0x2b || byte == 0x2d { index += 1 }
            if digits() == 0 { throw problem("a digit is missing") }
        }
        return .number(text[start..<index])
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte, byte >= 0x30 && byte <= 0x39 { index += 1 }
        return index - start
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
        var values: [JSONValue] = []
        index += 1
        skipBlanks()
        if byte == 0x5d {
            index += 1
            return .array([])
        }
        while true {
            values.append(try value(depth: depth + 1))
            if try separator(orEnd: 0x5d) { return .array(values) }
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        var members: [JSONValue.Member] = []
        var names: Set<Name> = []
        index += 1
        skipBlanks()
        if byte == 0x7d {
            index += 1
            return .object([])
        }
        while true {
            skipBlanks()
            if byte != 0x22 { throw problem("a member's name is expected") }
            let name = Name(try string())
            if !names.insert(name).inserted { throw problem("\"\(name)\" stands twice") }
            skipBlanks()
            if byte != 0x3a { throw problem("a colon is expected") }
            index += 1
            skipBlanks()
            let start = index
            let value = try value(depth: depth + 1)
            members.append(JSONValue.Member(name: name, value: value, source: text[start..<index]))
            if try separator(orEnd: 0x7d) { return .object(members) }
        }
    }

    /// Takes a comma (false) or the closing bracket (true).
    private mutating func separator(orEnd close: UInt8) throws(JSONProblem) -> Bool {
        skipBlanks()
        guard let byte, byte == 0x2c || byte == close else { throw problem("a comma or an end is expected") }
        index += 1
        return byte == close
    }

    private mutating func string() throws(JSONProblem) -> String {
        var bytes: [UInt8] = []
        index += 1
        while let byte {
            index += 1
            switch byte {
            case 0x22:
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw problem("not UTF-8")
                }
                return string
            case 0x5c: try escape(into: &bytes)
            case 0..<0x20: throw problem("a control character in a string")
            default: bytes.append(byte)
            }
        }
        throw problem("a string is not closed")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONProblem) {
        guard let byte else { throw problem("a string is not closed") }
        index += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: bytes.append(byte)
        case 0x62: bytes.append(0x08)
        case 0x66: bytes.append(0x0c)
        case 0x6e: bytes.append(0x0a)
        case 0x72: bytes.append(0x0d)
        case 0x74: bytes.append(0x09)
        case 0x75: bytes.append(contentsOf: String(try scalar()).utf8)
        default: throw problem("an unknown escape")
        }
    }

    /// After `\u`: one scalar, from a surrogate pair where it needs two.
    private mutating func scalar() throws(JSONProblem) -> Character {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(UInt32(first)) { return Character(scalar) }
        guard first < 0xdc00, text[index...].starts(with: "\\u".utf8) else {
            throw problem("half a surrogate pair")
        }
        index += 2
        let second = try hexUnit()
        let combined = 0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) &- 0xdc00)
        guard (0xdc00...0xdfff).contains(second), let scalar = Unicode.Scalar(combined) else {
            throw problem("half a surrogate pair")
        }
        return Character(scalar)
    }

    private mutating func hexUnit() throws(JSONProblem) -> UInt16 {
        let digits = text[index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != 0x2b && $0 != 0x2d }),
            let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("four hexadecimal digits are expected") }
        index += 4
        return value
    }
}
