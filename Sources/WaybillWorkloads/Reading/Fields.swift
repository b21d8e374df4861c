/// The fields of one line, or of one record of a table: slices of its bytes, never copied before they are wanted.
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

    /// How the quotes of a record are: closed, open at its end, or followed by text.
    enum Quoting {
        case closed, open, wrong
    }

    /// Splits one record of a table (RFC 4180).
    ///
    /// Blanks around a field are dropped, quotes are taken off, a doubled quote inside quotes is one quote. A quote in
    /// the middle of a field is a character like any other.
    mutating func split(_ record: ArraySlice<UInt8>, by separator: FieldSeparator) -> Quoting {
        slices.removeAll(keepingCapacity: true)
        var rest = record
        while true {
            let text = rest.drop(while: separator.isBlank)
            if separator.hasQuotes, text.first == 0x22 {
                guard let (content, after) = Self.quoted(text.dropFirst()) else { return .open }
                slices.append(content)
                let next = after.drop(while: separator.isBlank)
                if next.isEmpty { return .closed }
                if next.first != separator.rawValue { return .wrong }
                rest = next.dropFirst()
            } else {
                let end = text.firstIndex(of: separator.rawValue) ?? text.endIndex
                slices.append(Self.trimmed(text[..<end], separator))
                if end == text.endIndex { return .closed }
                rest = text[(end + 1)...]
            }
        }
    }

    /// What stands before the closing quote, and what after it; nil where there is none.
    private static func quoted(_ text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
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
        return (hasDoubled ? undoubled(content) : content, text[index...])
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

    private static func trimmed(
        _ text: ArraySlice<UInt8>,
        _ separator: FieldSeparator
    ) -> ArraySlice<UInt8> {
        var slice = text
        while let last = slice.last, separator.isBlank(last) { slice = slice.dropLast() }
        return slice
    }
}
