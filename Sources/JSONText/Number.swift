/// Text to number; nil for anything that is not exactly one number.
package enum Number {
    /// Decimal digits with an optional sign; nil on overflow.
    package static func integer(_ text: ArraySlice<UInt8>) -> Int64? {
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
    package static func real(_ text: ArraySlice<UInt8>) -> Double? {
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
    package static func finite(_ text: ArraySlice<UInt8>) -> Double? {
        guard let value = real(text), value.isFinite else { return nil }
        return value
    }

    /// A decimal number without a fraction, within ±2^53: `30` or `30.0`, as some tables print whole numbers.
    package static func whole(_ text: ArraySlice<UInt8>) -> Int64? {
        if let value = integer(text) { return value }
        guard let value = finite(text), value == value.rounded(), abs(value) <= 9_007_199_254_740_992 else {
            return nil
        }
        return Int64(value)
    }

    /// A JSON number that is whole, however it is written: `30`, `30.0` and `3e1` name the same number.
    package static func whole<Integer: FixedWidthInteger>(
        _ text: ArraySlice<UInt8>,
        _ type: Integer.Type
    ) -> Integer? {
        let string = String(decoding: text, as: UTF8.self)
        if let value = Integer(string) { return value }
        guard Double(string) != nil else { return nil }
        let parts = string.lowercased().split(separator: "e", maxSplits: 1)
        let decimals = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = decimals.count > 1 ? decimals[1] : ""
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        // Digit by digit: a floating-point number would be another one beyond 2^53.
        var digits = decimals[0] + fraction
        let (places, isFar) = exponent.subtractingReportingOverflow(fraction.count)
        if digits.allSatisfy({ "-0".contains($0) }) { return 0 }
        guard !isFar, (-digits.count...40).contains(places) else { return nil }
        if places >= 0 { return Integer(digits + String(repeating: "0", count: places)) }
        guard digits.suffix(-places).allSatisfy({ $0 == "0" }) else { return nil }
        digits.removeLast(-places)
        return Integer(digits)
    }
}
