import JSONText
import Testing

/// Whole numbers of JSON (RFC 8259, 6): one number may be written in many ways, and each is exact.
struct WholeNumberTests {
    private func read(_ text: String) -> UInt64? { Number.whole(Array(text.utf8)[...], UInt64.self) }

    @Test(arguments: [
        ("30.0", 30), ("3e1", 30), ("300e-1", 30), ("0.3E+2", 30), ("0e99999999999", 0), ("-0.0", 0),
        ("9007199254740993.0", 9_007_199_254_740_993), ("1e19", 10_000_000_000_000_000_000),
        ("1.8446744073709551615e19", UInt64.max),
    ])
    func `a whole number is taken however it is written`(text: String, value: UInt64) {
        #expect(read(text) == value)
    }

    @Test(arguments: [
        "1.5", "15e-1", "1e-5", "1.8446744073709551616e19", "1e400", "1e99999999999999999999", "-1.0",
        "1e-9223372036854775808", "1e9223372036854775807",
    ])
    func `what is no whole number, or too large, is none`(text: String) {
        #expect(read(text) == nil)
    }
}
