/// Protobuf wire format, written into memory that was measured before.
///
/// Fields that have their default are left out, as proto3 does.
///
/// The size is a bound, not a hope: a write beyond it stops the process before it touches a byte.
struct WireWriter {
    // Borrowed from `append`, which owns the memory while its closure runs; every write checks `capacity` first.
    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private(set) var count = 0

    private init(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ base: UnsafeMutablePointer<UInt8>) {
        self.base = base
        capacity = buffer.count
    }

    /// Appends to `bytes` what `write` writes, at most `capacity` bytes.
    static func append(capacity: Int, to bytes: inout [UInt8], _ write: (inout WireWriter) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            guard let base = buffer.baseAddress else { return }
            var writer = WireWriter(buffer, base)
            write(&writer)
            bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: writer.count))
        }
    }

    private func expect(_ bytes: Int) {
        precondition(bytes <= capacity &- count, "a message is longer than its bound")
    }

    private mutating func byte(_ value: UInt8) {
        base[count] = value
        count &+= 1
    }

    mutating func varint(_ value: UInt64) {
        expect(10)
        var rest = value
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
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

    /// Written even when it is zero.
    mutating func presentZigzag(_ field: UInt32, _ value: Int32) {
        present(field, UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31))))
    }

    /// `sfixed64` or, from its bits, `double`.
    mutating func fixed(_ field: UInt32, _ value: UInt64) {
        if value != 0 { presentFixed(field, value) }
    }

    mutating func presentFixed(_ field: UInt32, _ value: UInt64) {
        tag(field, .fixed64)
        expect(8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: UInt64.self)
        count &+= 8
    }

    mutating func text(_ field: UInt32, _ value: String) {
        if !value.isEmpty { presentText(field, value) }
    }

    mutating func presentText(_ field: UInt32, _ value: String?) {
        guard let value else { return }
        tag(field, .bytes)
        let length = value.utf8.count
        varint(UInt64(length))
        expect(length)
        _ = UnsafeMutableBufferPointer(start: base + count, count: length).initialize(from: value.utf8)
        count &+= length
    }

    mutating func name(_ field: UInt32, _ value: Name) { text(field, value.text) }

    mutating func presentName(_ field: UInt32, _ value: Name?) { presentText(field, value?.text) }

    mutating func names(_ field: UInt32, _ values: [Name]) {
        for value in values { presentText(field, value.text) }
    }

    mutating func data(_ field: UInt32, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        tag(field, .bytes)
        varint(UInt64(value.count))
        expect(value.count)
        value.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { (base + count).update(from: start, count: source.count) }
        }
        count &+= value.count
    }

    /// A message, even an empty one.
    ///
    /// `expected` is a guess of its size: a right guess of the length's width saves a move.
    mutating func message(_ field: UInt32, expected: Int = 0, _ body: (inout WireWriter) -> Void) {
        tag(field, .bytes)
        let width = Self.width(expected)
        expect(5)
        let start = count
        count &+= width
        body(&self)
        setLength(at: start, width: width)
    }

    private mutating func setLength(at start: Int, width: Int) {
        let length = count - start - width
        let needed = Self.width(length)
        if needed != width {
            expect(max(needed - width, 0))
            (base + start + needed).update(from: base + start + width, count: length)
            count = start + needed + length
        }
        var rest = length
        for place in 0..<needed {
            base[start + place] = UInt8(truncatingIfNeeded: rest & 0x7F) | (place + 1 < needed ? 0x80 : 0)
            rest >>= 7
        }
    }

    private static func width(_ length: Int) -> Int {
        length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5
    }
}
