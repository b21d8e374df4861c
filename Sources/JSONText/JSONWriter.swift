/// Writes one flat or nested JSON object compactly, fields in the order in which they are given (RFC 8259).
package struct JSONWriter {
    private var bytes: [UInt8] = [0x7b]

    package init() {
        bytes.reserveCapacity(224)
    }

    package mutating func field(_ name: String, _ value: Int64) {
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    package mutating func field(_ name: String, _ value: UInt64) {
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    package mutating func field(_ name: String, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// An object or list that is JSON already.
    package mutating func field(_ name: String, json: [UInt8]) {
        begin(name)
        bytes.append(contentsOf: json)
    }

    /// The shortest text that reads back as the same number; NaN and infinities, which JSON lacks, become null.
    package mutating func field(_ name: String, _ value: Double) {
        begin(name)
        bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
    }

    package mutating func field(_ name: String, _ value: String) {
        begin(name)
        Self.append(value, to: &bytes)
    }

    package mutating func field(_ name: String, _ values: [UInt64]) {
        field(name, json: Array("[\(values.map(String.init).joined(separator: ","))]".utf8))
    }

    package mutating func field(_ name: String, _ values: [String]) {
        begin(name)
        bytes.append(0x5b)
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(0x2c) }
            Self.append(value, to: &bytes)
        }
        bytes.append(0x5d)
    }

    package consuming func finish() -> [UInt8] {
        bytes.append(0x7d)
        return bytes
    }

    private mutating func begin(_ name: String) {
        if bytes.count > 1 { bytes.append(0x2c) }
        Self.append(name, to: &bytes)
        bytes.append(0x3a)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5c:
                bytes.append(0x5c)
                bytes.append(byte)
            case 0..<0x20, 0x7f:
                escape(byte, to: &bytes)
            case 0x80..<0xa0 where previous == 0xc2:
                // U+0080 to U+009F, whose two bytes are these: terminals obey them as well.
                bytes.removeLast()
                escape(byte, to: &bytes)
            default: bytes.append(byte)
            }
            previous = byte
        }
        bytes.append(0x22)
    }

    private static func escape(_ control: UInt8, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hex(control >> 4))
        bytes.append(hex(control & 0xf))
    }

    private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}

/// Members that may be left out, objects and lists.
extension JSONWriter {
    package mutating func optional(_ name: String, _ text: String?) {
        if let text { field(name, text) }
    }

    package mutating func nonZero(_ name: String, _ number: UInt64) {
        if number != 0 { field(name, number) }
    }

    package mutating func list(_ name: String, _ texts: [String]) {
        if !texts.isEmpty { field(name, texts) }
    }

    package mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        var inner = JSONWriter()
        write(&inner)
        field(name, json: inner.finish())
    }

    /// A list of objects.
    package mutating func list<Item>(
        _ name: String,
        _ items: some Sequence<Item>,
        _ write: (Item, inout JSONWriter) -> Void
    ) {
        field(name, json: Self.list(items, write))
    }

    /// A list of objects that stands by itself.
    package static func list<Item>(
        _ items: some Sequence<Item>,
        _ write: (Item, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var list: [UInt8] = [0x5b]
        for item in items {
            if list.count > 1 { list.append(0x2c) }
            var json = JSONWriter()
            write(item, &json)
            list.append(contentsOf: json.finish())
        }
        list.append(0x5d)
        return list
    }

    /// A text, or null: for members that are always there.
    package mutating func orNull(_ name: String, _ text: String?) {
        if let text { field(name, text) } else { field(name, json: Array("null".utf8)) }
    }

    package mutating func orNull(_ name: String, _ number: UInt64?) {
        if let number { field(name, number) } else { field(name, json: Array("null".utf8)) }
    }

    /// Keys ascending.
    package mutating func dictionary(_ name: String, _ texts: [String: String]) {
        guard !texts.isEmpty else { return }
        object(name) { json in
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) { json.field(key, value) }
        }
    }
}
