import Orchestration

/// The fields of one line and how their text becomes numbers.
///
/// A field is a slice of the line's bytes, never copied before it is known to be wanted. Numbers are plain ASCII;
/// anything else (letters, NUL bytes, an overflow) is "not a number".
struct Fields {
    private(set) var slices: [ArraySlice<UInt8>] = []

    var count: Int { slices.count }
    subscript(index: Int) -> ArraySlice<UInt8> { slices[index] }

    /// Splits at runs of blanks and tabs.
    mutating func splitBlanks(_ line: ArraySlice<UInt8>) {
        slices.removeAll(keepingCapacity: true)
        var start: Int?
        for index in line.indices {
            let isBlank = line[index] == 0x20 || line[index] == 0x09
            if isBlank, let from = start {
                slices.append(line[from..<index])
                start = nil
            } else if !isBlank && start == nil {
                start = index
            }
        }
        if let from = start { slices.append(line[from...]) }
    }

    /// Splits at commas (RFC 4180 within one line); false when the quotes are wrong.
    ///
    /// Blanks around a field are dropped, quotes are taken off, a
    /// doubled quote inside quotes is one quote. Wrong are an open quote and text after a closing one.
    mutating func splitCommas(_ line: ArraySlice<UInt8>) -> Bool {
        slices.removeAll(keepingCapacity: true)
        var rest = line
        while true {
            guard let (field, after) = Self.nextCommaField(rest) else { return false }
            slices.append(field)
            guard let after else { return true }
            rest = after
        }
    }

    /// The first field and what follows its comma; nil in place of that at the line's end.
    private static func nextCommaField(
        _ text: ArraySlice<UInt8>
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>?)? {
        let trimmed = text.drop { $0 == 0x20 || $0 == 0x09 }
        guard trimmed.first == 0x22 else {
            let end = text.firstIndex(of: 0x2c) ?? text.endIndex
            return (trimmedBlanks(text[..<end]), end < text.endIndex ? text[(end + 1)...] : nil)
        }
        return quotedField(trimmed.dropFirst())
    }

    private static func quotedField(
        _ text: ArraySlice<UInt8>
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>?)? {
        var index = text.startIndex
        var hasDoubled = false
        while true {
            guard let quote = text[index...].firstIndex(of: 0x22) else { return nil }
            index = quote + 1
            guard index < text.endIndex && text[index] == 0x22 else { break }
            hasDoubled = true
            index += 1
        }
        let content = text[..<(index - 1)]
        let rest = text[index...].drop { $0 == 0x20 || $0 == 0x09 }
        if let next = rest.first, next != 0x2c { return nil }
        return (hasDoubled ? undoubled(content) : content, rest.isEmpty ? nil : rest.dropFirst())
    }

    private static func undoubled(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        var skipNext = false
        for byte in text {
            if skipNext && byte == 0x22 {
                skipNext = false
                continue
            }
            result.append(byte)
            skipNext = byte == 0x22
        }
        return result[...]
    }

    private static func trimmedBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = text
        while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
        return slice
    }
}

/// Text to number; nil for anything that is not exactly one number.
enum Number {
    /// Decimal digits with an optional sign; nil on overflow.
    static func integer(_ text: ArraySlice<UInt8>) -> Int64? {
        let isNegative = text.first == 0x2d
        let digits = isNegative || text.first == 0x2b ? text.dropFirst() : text
        if digits.isEmpty { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= 0x30 && byte <= 0x39 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte &- 0x30)
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// A decimal number; `nan` and `inf` in any case and sign too, because curves may diverge.
    static func real(_ text: ArraySlice<UInt8>) -> Double? {
        let allowed = text.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x2b, 0x2d, 0x2e, 0x65, 0x45: true
            default: false
            }
        }
        let string = String(decoding: text, as: UTF8.self)
        if allowed { return Double(string) }
        switch string.lowercased() {
        case "nan", "+nan", "-nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
            return Double(string.lowercased())
        default: return nil
        }
    }

    /// A decimal number that is not NaN nor infinite.
    static func finite(_ text: ArraySlice<UInt8>) -> Double? {
        guard let value = real(text), value.isFinite else { return nil }
        return value
    }

    /// A decimal number without a fraction, within ±2^53: `30` or `30.0`, as some tables print whole numbers.
    static func whole(_ text: ArraySlice<UInt8>) -> Int64? {
        if let value = integer(text) { return value }
        guard let value = finite(text), value == value.rounded(), abs(value) <= 9_007_199_254_740_992 else {
            return nil
        }
        return Int64(value)
    }

    /// Seconds with any fraction, to the millisecond; nil beyond ±2^32, for no run lasts longer.
    static func seconds(_ text: ArraySlice<UInt8>) -> Span? {
        guard let value = finite(text), abs(value) <= 4_294_967_296 else { return nil }
        return .milliseconds(Int64((value * 1000).rounded()))
    }
}
