/// What stands between the fields of a table, told by its header.
///
/// Spreadsheets write semicolons or tabs where a comma is the decimal point, R's `write.csv2` semicolons, and `sacct`
/// bars.
enum FieldSeparator: UInt8, CaseIterable, Sendable {
    case comma = 0x2c
    case semicolon = 0x3b
    case tab = 0x09
    case bar = 0x7c

    /// The one that a header has most of outside of quotes; commas where it has none.
    init(ofHeader line: ArraySlice<UInt8>) {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in line {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        self = .comma
        for other in Self.allCases where counts[other.rawValue, default: 0] > counts[rawValue, default: 0] {
            self = other
        }
    }

    /// The one that a spreadsheet announces in a line of its own, `sep=;`.
    init?(announcedBy line: ArraySlice<UInt8>) {
        guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8), let last = line.last else {
            return nil
        }
        self.init(rawValue: last)
    }

    /// `sacct` quotes nothing: a quote is a character of a job's name.
    var hasQuotes: Bool { self != .bar }

    /// Blanks around fields are dropped.
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 && self != .tab }
}
