/// What tells two bodies under one idempotency key apart: FNV-1a with 64 bits (Fowler, Noll and Vo) over a command's
/// fields.
///
/// It guards against mistakes, not against an enemy: whoever finds two commands with one fingerprint gets the answer of
/// the own, earlier one.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    private mutating func byte(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    mutating func number(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes in
            for each in bytes { byte(each) }
        }
    }

    mutating func bytes(_ bytes: some Collection<UInt8>) {
        number(UInt64(bytes.count))
        for each in bytes { byte(each) }
    }

    mutating func text(_ text: String) {
        bytes(text.utf8)
    }

    mutating func list<Element>(_ items: [Element], _ write: (inout Fingerprint, Element) -> Void) {
        number(UInt64(items.count))
        for item in items { write(&self, item) }
    }

    /// A message in its protobuf form, which is canonical.
    mutating func message(room: Int, _ write: (inout WireWriter) -> Void) {
        var encoded: [UInt8] = []
        WireWriter.append(room: room, to: &encoded) { $0.message(1, write) }
        bytes(encoded)
    }
}
