/// Writes one JSON object compactly, members in the order in which they are given (RFC 8259).
package struct JSONWriter {
    private var bytes: [UInt8] = [0x7b]
    /// Whether members that have their usual value are left out.
    private var isTerse = false

    package init() {
        bytes.reserveCapacity(224)
    }

    /// A value that stands by itself.
    static func document(_ value: some JSONRepresentable) -> [UInt8] {
        var json = JSONWriter()
        json.bytes.removeAll(keepingCapacity: true)
        value.append(to: &json)
        return json.bytes
    }

    package consuming func finish() -> [UInt8] {
        bytes.append(0x7d)
        return bytes
    }

    private mutating func begin(_ name: String) {
        // Only an object that has just begun ends with its brace.
        if bytes.last != 0x7b { bytes.append(0x2c) }
        append(name)
        bytes.append(0x3a)
    }
}

extension JSONWriter {
    /// What `isUsual` is left out where the writer is terse.
    package mutating func field(_ name: String, _ value: some JSONRepresentable, isUsual: Bool = false) {
        if isTerse, isUsual { return }
        begin(name)
        value.append(to: &self)
    }

    /// Left out where there is none.
    package mutating func optional(_ name: String, _ value: (some JSONRepresentable)?) {
        if let value { field(name, value) }
    }

    /// Null where there is none: for members that are always there.
    package mutating func orNull(_ name: String, _ value: (some JSONRepresentable)?) {
        if let value { field(name, value) } else { field(name, json: Array("null".utf8)) }
    }

    /// What is JSON already, as this writer wrote it.
    package mutating func field(_ name: String, json: [UInt8]) {
        begin(name)
        bytes.append(contentsOf: json)
    }

    /// Sound JSON that somebody else wrote: without line breaks between its parts, so that the object stays on one line,
    /// and without the control characters in its texts that terminals obey.
    package mutating func field(_ name: String, source: [UInt8]) {
        begin(name)
        for byte in source where byte != 0x0a && byte != 0x0d { appendInText(byte) }
    }

    package mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        begin(name)
        object(write)
    }

    /// A list of objects.
    package mutating func list<Item>(
        _ name: String,
        _ items: some Sequence<Item>,
        _ write: (Item, inout JSONWriter) -> Void
    ) {
        begin(name)
        list(items) { item, json in json.object { write(item, &$0) } }
    }

    /// A list of values, null where there is none.
    package mutating func list(_ name: String, orNull items: [(some JSONRepresentable)?]) {
        begin(name)
        list(items) { item, json in
            if let item { item.append(to: &json) } else { json.append(raw: "null") }
        }
    }

    /// A list of those items that fit into so many bytes, but of one at least; gives their number.
    package mutating func list(
        _ name: String,
        _ items: some Sequence<some JSONRepresentable>,
        atMost mostBytes: Int
    ) -> Int {
        begin(name)
        bytes.append(0x5b)
        let start = bytes.count
        var shown = 0
        for item in items {
            let end = bytes.count
            if shown > 0 { bytes.append(0x2c) }
            item.append(to: &self)
            if shown > 0, bytes.count - start > mostBytes {
                bytes.removeLast(bytes.count - end)
                break
            }
            shown += 1
        }
        bytes.append(0x5d)
        return shown
    }

    /// What `write` writes has no members with their usual values.
    package mutating func tersely(_ write: (inout JSONWriter) -> Void) {
        let before = isTerse
        isTerse = true
        write(&self)
        isTerse = before
    }
}

/// Values without a name, for those that write themselves.
extension JSONWriter {
    mutating func object(_ write: (inout JSONWriter) -> Void) {
        bytes.append(0x7b)
        write(&self)
        bytes.append(0x7d)
    }

    mutating func list<Item>(_ items: some Sequence<Item>, _ write: (Item, inout JSONWriter) -> Void) {
        bytes.append(0x5b)
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(0x2c) }
            isFirst = false
            write(item, &self)
        }
        bytes.append(0x5d)
    }

    /// A number or a word as JSON has it.
    package mutating func append(raw text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func append(_ text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5c:
                bytes.append(0x5c)
                bytes.append(byte)
            case 0..<0x20: escape(UInt32(byte))
            default: appendInText(byte)
            }
        }
        bytes.append(0x22)
    }

    /// A byte of a text; where it completes a character that terminals obey, that is escaped.
    private mutating func appendInText(_ byte: UInt8) {
        bytes.append(byte)
        // Those have one byte, or end with a continuation byte.
        guard byte == 0x7f || byte & 0xc0 == 0x80 else { return }
        let end = bytes.count
        let (length, value): (Int, UInt32) =
            if byte == 0x7f {
                (1, 0x7f)
            } else if end > 1, bytes[end - 2] & 0xe0 == 0xc0 {
                (2, UInt32(bytes[end - 2] & 0x1f) << 6 | UInt32(byte & 0x3f))
            } else if end > 2, bytes[end - 3] & 0xf0 == 0xe0 {
                (
                    3,
                    UInt32(bytes[end - 3] & 0xf) << 12 | UInt32(bytes[end - 2] & 0x3f) << 6
                        | UInt32(byte & 0x3f)
                )
            } else {
                (0, 0)
            }
        guard length > 0, let scalar = Unicode.Scalar(value), scalar.isTerminalControl else { return }
        bytes.removeLast(length)
        escape(value)
    }

    private mutating func escape(_ control: UInt32) {
        append(raw: "\\u")
        for shift: UInt32 in [12, 8, 4, 0] { bytes.append(Self.hex(UInt8(control >> shift & 0xf))) }
    }

    private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}
