import JSONText
import Names
import TestSupport
import Testing

/// What a parsed body takes, known before it is parsed.
struct ParsedSizeTests {
    @Test func `no value takes more than was said of its text`() throws {
        var random = SeededRandom(seed: 17)
        for _ in 1...300 {
            let text = Self.text(depth: 4, &random)
            let bytes = Array(text.utf8)
            #expect(Self.size(try JSONValue.parse(bytes[...])) <= JSONValue.parsedBytes(of: bytes), "\(text)")
        }
    }

    @Test func `brackets and commas in texts are no values`() {
        let text = #""[,{,:\",[""#
        #expect(JSONValue.parsedBytes(of: Array(text.utf8)) < 200)
    }

    private static func text(depth: Int, _ random: inout SeededRandom) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return "null"
        case 1: return "\(Int.random(in: 0...1_000_000, using: &random))"
        case 2: return "\"\(String(repeating: "x,[:", count: Int.random(in: 0...20, using: &random)))\""
        case 3: return "0"
        case 4:
            let items = (0..<Int.random(in: 0...9, using: &random)).map { _ in text(depth: depth - 1, &random)
            }
            return "[\(items.joined(separator: ","))]"
        default:
            let members = (0..<Int.random(in: 0...9, using: &random)).map {
                "\"a member with a long name \($0)\":\(text(depth: depth - 1, &random))"
            }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    /// The storage of a value and of what it holds.
    private static func size(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .number: 0
        case .string(let text): text.utf8.count > 15 ? text.utf8.count + 32 : 0
        case .array(let values):
            32 + values.capacity * MemoryLayout<JSONValue>.stride + values.map(size).reduce(0, +)
        case .object(let members):
            32 + members.capacity * MemoryLayout<JSONValue.Member>.stride
                + members.map { $0.name.utf8.count + 32 + size($0.value) }.reduce(0, +)
        }
    }
}
