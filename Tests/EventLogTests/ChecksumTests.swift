import CChecksum
import Testing

/// CRC-32C: the known vector, and the two paths against each other.
struct ChecksumTests {
    @Test func `the check value of CRC-32C is e3069283`() {
        let digits = Array("123456789".utf8)
        #expect(waybill_crc32c(0, digits, digits.count) == 0xe306_9283)
        #expect(waybill_crc32c_table(0, digits, digits.count) == 0xe306_9283)
    }

    @Test(arguments: 0..<70)
    func `hardware and table agree at every length and from every seed`(_ length: Int) {
        var generator = SplitMix(seed: UInt64(length) &+ 77)
        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let seed = UInt32(truncatingIfNeeded: generator.next())
        #expect(waybill_crc32c(seed, bytes, length) == waybill_crc32c_table(seed, bytes, length))
    }
}

/// A small seeded generator (splitmix64, Steele, Lea and Flood 2014), so that every test run sees the same numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
