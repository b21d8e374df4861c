/// Percent-encoding as it stands in requests (RFC 3986, 2.1).
///
/// A `%` that two hexadecimal digits don't follow is an
/// error everywhere, never a character.
enum PercentEncoding {
    /// A path in which what needs no encoding has none, so that two ways to write one path are one (6.2.2).
    static func normalized(_ path: some StringProtocol) -> String? {
        replaced(path) { byte, digits in isUnreserved(byte) ? [byte] : [0x25] + digits }
    }

    /// A part of a path, decoded; nil also for what isn't UTF-8.
    static func decoded(_ part: some StringProtocol) -> String? {
        replaced(part) { byte, _ in [byte] }
    }

    /// A name or value of a query, decoded: a `+` is a blank there, as forms and URLSearchParams write it (the URL
    /// standard, 5.1), and `%2B` a plus.
    static func decodedInQuery(_ part: some StringProtocol) -> String? {
        guard part.utf8.contains(where: { $0 == 0x25 || $0 == 0x2b }) else { return String(part) }
        return decoded(String(decoding: part.utf8.map { $0 == 0x2b ? 0x20 : $0 }, as: UTF8.self))
    }

    /// The text with each escape replaced; the digits come in upper case.
    private static func replaced(
        _ text: some StringProtocol,
        _ replacement: (UInt8, [UInt8]) -> [UInt8]
    ) -> String? {
        var result: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == 0x25 else {
                result.append(byte)
                continue
            }
            guard let first = bytes.next(), let second = bytes.next(), let high = digit(first),
                let low = digit(second)
            else { return nil }
            result += replacement(high << 4 | low, [upperCased(first), upperCased(second)])
        }
        return String(validating: result, as: UTF8.self)
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// The value of a hexadecimal digit.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func upperCased(_ digit: UInt8) -> UInt8 { digit >= 0x61 ? digit - 0x20 : digit }
}
