import CChecksum
import TestSupport
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
        var generator = SeededRandom(seed: UInt64(length) &+ 77)
        let bytes = generator.bytes(length)
        let seed = UInt32(truncatingIfNeeded: generator.next())
        #expect(waybill_crc32c(seed, bytes, length) == waybill_crc32c_table(seed, bytes, length))
    }
}
