/// Protobuf wire format, appended to bytes. Fields that have their default are left out, as proto3 does.
struct WireWriter {
    var bytes: [UInt8]

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func fixed(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func tag(_ field: UInt32, _ type: WireType) {
        varint(UInt64(field << 3 | type.rawValue))
    }

    mutating func uint(_ field: UInt32, _ value: UInt64) {
        if value != 0 { present(field, value) }
    }

    /// Written even when it is zero.
    mutating func present(_ field: UInt32, _ value: UInt64) {
        tag(field, .varint)
        varint(value)
    }

    /// `int64`: ten bytes when negative, which a span hardly ever is.
    mutating func int(_ field: UInt32, _ value: Int64) {
        uint(field, UInt64(bitPattern: value))
    }

    /// `sint32`.
    mutating func zigzag(_ field: UInt32, _ value: Int32) {
        uint(field, UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31))))
    }

    /// `sfixed64` or, from its bits, `double`.
    mutating func fixed(_ field: UInt32, _ value: UInt64) {
        if value != 0 { presentFixed(field, value) }
    }

    mutating func presentFixed(_ field: UInt32, _ value: UInt64) {
        tag(field, .fixed64)
        fixed(value)
    }

    mutating func text(_ field: UInt32, _ value: String) {
        if !value.isEmpty { presentText(field, value) }
    }

    mutating func presentText(_ field: UInt32, _ value: String?) {
        guard let value else { return }
        tag(field, .bytes)
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func texts(_ field: UInt32, _ values: [String]) {
        for value in values { presentText(field, value) }
    }

    mutating func data(_ field: UInt32, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        tag(field, .bytes)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A message, even an empty one. `expected` is a guess of its size: a right guess of the length's width saves a move.
    mutating func message(_ field: UInt32, expected: Int = 0, _ body: (inout WireWriter) -> Void) {
        tag(field, .bytes)
        let width = Self.width(expected)
        let start = bytes.count
        for _ in 0..<width { bytes.append(0) }
        body(&self)
        setLength(at: start, width: width)
    }

    private mutating func setLength(at start: Int, width: Int) {
        let length = bytes.count - start - width
        let needed = Self.width(length)
        if needed > width { bytes.insert(contentsOf: repeatElement(0, count: needed - width), at: start) }
        if needed < width { bytes.removeSubrange(start..<(start + width - needed)) }
        var rest = length
        for place in 0..<needed {
            bytes[start + place] = UInt8(truncatingIfNeeded: rest & 0x7F) | (place + 1 < needed ? 0x80 : 0)
            rest >>= 7
        }
    }

    private static func width(_ length: Int) -> Int {
        length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5
    }
}
