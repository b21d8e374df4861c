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
