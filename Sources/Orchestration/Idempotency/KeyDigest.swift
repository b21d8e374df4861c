/// What stands for an idempotency key and its actor: 80 bits of FNV-1a with 128 bits (Fowler, Noll and Vo), over bytes.
///
/// Keys are texts of any length, and a day has millions of them. Two of four million are taken for one with a chance of
/// 10⁻¹¹; like the fingerprint it guards against mistakes.
struct KeyDigest: Hashable, Sendable {
    let high: UInt64
    let low: UInt16

    init(high: UInt64, low: UInt16) {
        (self.high, self.low) = (high, low)
    }

    init(actor: Name, key: Name = "") {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        func mix(_ byte: UInt8) {
            hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        for byte in actor.utf8 { mix(byte) }
        // Which no text of UTF-8 holds.
        mix(0xff)
        for byte in key.utf8 { mix(byte) }
        // Folded, as its authors advise, for no byte alone decides the upper bits.
        hash ^= hash >> 80
        self.init(high: UInt64(truncatingIfNeeded: hash >> 16), low: UInt16(truncatingIfNeeded: hash))
    }
}
