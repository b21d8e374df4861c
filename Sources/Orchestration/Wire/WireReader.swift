/// Protobuf wire format, read from borrowed bytes; every length is checked against what is there before it is used.
struct WireReader {
    // Borrowed for the length of one decode call, whose closure owns the bytes; `at...end` stays inside them.
    private let base: UnsafeRawBufferPointer
    private(set) var at: Int
    private let end: Int
    /// The field whose value comes next.
    private(set) var field: UInt32 = 0
    private var type = WireType.varint

    init(_ bytes: UnsafeRawBufferPointer) {
        base = bytes
        at = 0
        end = bytes.count
    }

    private init(_ base: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.base = base
        at = range.lowerBound
        end = range.upperBound
    }

    /// Reads the next field's tag; false at the end of the message.
    mutating func next() throws(CodecError) -> Bool {
        guard at < end else { return false }
        let start = at
        let tag = try varint()
        guard tag <= UInt64(UInt32.max), tag >> 3 > 0 else {
            throw .malformed(offset: start, problem: "field number")
        }
        guard let known = WireType(rawValue: UInt32(tag & 7)) else {
            throw .malformed(offset: start, problem: "wire type")
        }
        field = UInt32(tag >> 3)
        type = known
        return true
    }

    mutating func uint() throws(CodecError) -> UInt64 {
        try expect(.varint)
        return try varint()
    }

    /// Packed numbers, or one that stands alone: protobuf allows both.
    mutating func uints() throws(CodecError) -> [UInt64] {
        if type == .varint { return [try varint()] }
        var packed = try message()
        var values: [UInt64] = []
        while packed.at < packed.end { values.append(try packed.varint()) }
        return values
    }

    mutating func uint32() throws(CodecError) -> UInt32 {
        let start = at
        let value = try uint()
        guard let small = UInt32(exactly: value) else {
            throw .malformed(offset: start, problem: "over 32 bits")
        }
        return small
    }

    mutating func int() throws(CodecError) -> Int64 {
        Int64(bitPattern: try uint())
    }

    mutating func zigzag() throws(CodecError) -> Int32 {
        let value = try uint32()
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }

    mutating func bool() throws(CodecError) -> Bool {
        try uint() != 0
    }

    mutating func fixed() throws(CodecError) -> UInt64 {
        try expect(.fixed64)
        guard end - at >= 8 else { throw .truncated(offset: at) }
        defer { at += 8 }
        return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    mutating func timestamp() throws(CodecError) -> Timestamp {
        Timestamp(nanoseconds: Int64(bitPattern: try fixed()))
    }

    mutating func double() throws(CodecError) -> Double {
        Double(bitPattern: try fixed())
    }

    mutating func data() throws(CodecError) -> [UInt8] {
        Array(UnsafeRawBufferPointer(rebasing: base[try range()]))
    }

    mutating func text() throws(CodecError) -> String {
        let range = try range()
        guard let text = String(validating: base[range], as: UTF8.self) else {
            throw .invalidText(offset: range.lowerBound)
        }
        return text
    }

    mutating func name() throws(CodecError) -> Name { Name(try text()) }

    /// The nested message that comes next.
    mutating func message() throws(CodecError) -> WireReader {
        WireReader(base, try range())
    }

    /// A number that must be one of an enumeration's.
    mutating func choice<Choice: RawRepresentable>(
        _: Choice.Type
    ) throws(CodecError) -> Choice where Choice.RawValue == UInt8 {
        let start = at
        let value = try uint()
        guard let small = UInt8(exactly: value), let choice = Choice(rawValue: small) else {
            throw .malformed(offset: start, problem: "\(Choice.self) \(value)")
        }
        return choice
    }

    /// Passes over a field that this reader doesn't know.
    mutating func skip() throws(CodecError) {
        switch type {
        case .varint: _ = try varint()
        case .fixed64: try advance(8)
        case .fixed32: try advance(4)
        case .bytes: _ = try range()
        }
    }

    private mutating func advance(_ count: Int) throws(CodecError) {
        guard end - at >= count else { throw .truncated(offset: at) }
        at += count
    }

    private mutating func range() throws(CodecError) -> Range<Int> {
        try expect(.bytes)
        let length = try varint()
        guard length <= UInt64(end - at) else { throw .truncated(offset: at) }
        let start = at
        at += Int(length)
        return start..<at
    }

    private func expect(_ wanted: WireType) throws(CodecError) {
        if type != wanted { throw .malformed(offset: at, problem: "wire type of field \(field)") }
    }

    private mutating func varint() throws(CodecError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        let start = at
        while at < end {
            let byte = base[at]
            at += 1
            guard shift < 63 || byte < 2 else { break }
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { break }
        }
        if at == end, shift <= 63, at - start < 10 { throw .truncated(offset: start) }
        throw .malformed(offset: start, problem: "varint")
    }
}

/// Why bytes are not a run of events.
///
/// Offsets count from the first byte given.
public enum CodecError: Error, Sendable, Hashable {
    /// The bytes end inside a field.
    case truncated(offset: Int)
    /// The bytes are no event, or break off.
    case malformed(offset: Int, problem: String)
    /// A text that isn't UTF-8.
    case invalidText(offset: Int)
    /// No body that this reader knows: the log is newer than the reader, or damaged.
    case unknownEvent(sequence: UInt64)
}

extension CodecError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let offset): "the bytes end inside a field, at \(offset)"
        case .malformed(let offset, let problem): "malformed at \(offset): \(problem)"
        case .invalidText(let offset): "a text at \(offset) is not UTF-8"
        case .unknownEvent(let sequence):
            "sequence \(sequence) is of a kind that this program doesn't know; use a newer one"
        }
    }
}

/// The wire types of protobuf that Waybill's messages use.
enum WireType: UInt32 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
}
