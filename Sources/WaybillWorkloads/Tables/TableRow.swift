import Orchestration
import WaybillJSON

/// One row of a table, its fields by the names of their columns.
///
/// Numbers are plain ASCII; anything else (letters, NUL bytes, an overflow) is "not a number". A whole number may have a
/// fraction of zero, as `1.0`, and a mark of R's or pandas' for what isn't known is no value.
struct TableRow {
    let line: Int
    let columns: Columns
    let fields: Fields
    /// Whether a comma may be the decimal point, for it separates no fields.
    let hasDecimalCommas: Bool

    func problem(_ column: String, _ problem: String) -> LineProblem {
        LineProblem(line: line, field: column, problem: problem)
    }

    /// Empty where the table has no such column.
    func bytes(_ column: WantedColumn) -> ArraySlice<UInt8> {
        columns.position(column).map { fields[$0] } ?? []
    }

    func text(_ column: WantedColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// A text that may be missing.
    func optionalText(_ column: WantedColumn) -> String { isMissing(column) ? "" : text(column) }

    /// A text that names something; a number of which a program made `11.0` is `11`.
    func id(_ column: WantedColumn) throws(LineProblem) -> Name {
        let field = bytes(column)
        if field.isEmpty { throw problem(column.description, "is empty") }
        let digits = field.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let fraction = decimal(field[digits.endIndex...])
        let isWhole =
            !digits.isEmpty && fraction.first == 0x2e && fraction.count > 1
            && fraction.dropFirst().allSatisfy { $0 == 0x30 }
        return Name(String(decoding: isWhole ? digits : field, as: UTF8.self))
    }

    /// Whether there is no value: no such column, an empty field, or R's mark.
    func isMissing(_ column: WantedColumn) -> Bool { Self.isMissing(bytes(column)) }

    static func isMissing(_ field: ArraySlice<UInt8>) -> Bool {
        field.isEmpty || field.elementsEqual("NA".utf8)
    }

    /// With a decimal point.
    func decimal(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard hasDecimalCommas, let comma = field.firstIndex(of: 0x2c) else { return field }
        var copy = Array(field)
        copy[comma - field.startIndex] = 0x2e
        return copy[...]
    }

    func whole(_ column: WantedColumn, in range: ClosedRange<Int64>) throws(LineProblem) -> Int64 {
        guard let value = Number.whole(decimal(bytes(column))), range.contains(value) else {
            throw problem(column.description, "not a number in range")
        }
        return value
    }

    func finite(_ column: WantedColumn, in range: ClosedRange<Double>) throws(LineProblem) -> Double {
        guard let value = Number.finite(decimal(bytes(column))), range.contains(value) else {
            throw problem(column.description, "not a number in range")
        }
        return value
    }

    /// A number of seconds with any fraction.
    func seconds(_ column: WantedColumn) throws(LineProblem) -> TimeSpan {
        guard let value = Number.seconds(decimal(bytes(column))) else {
            throw problem(column.description, "not a duration")
        }
        return value
    }

    /// `True` or `False` in any case or by their first letters, or 1 or 0.
    func flag(_ column: WantedColumn) throws(LineProblem) -> Bool {
        switch text(column).lowercased() {
        case "true", "t": return true
        case "false", "f": return false
        default:
            guard let value = Number.whole(decimal(bytes(column))), value == 0 || value == 1 else {
                throw problem(column.description, "neither true nor false")
            }
            return value == 1
        }
    }

    /// Seconds since 1970, or a date and time of day, UTC where it names no zone.
    func moment(_ column: WantedColumn) throws(LineProblem) -> Timestamp {
        guard let moment = Timestamp(feed: decimal(bytes(column))) else {
            throw problem(column.description, "not a time")
        }
        return moment
    }
}

extension Number {
    /// Seconds with any fraction, to the millisecond; nil beyond ±2^32, for no run lasts longer.
    static func seconds(_ text: ArraySlice<UInt8>) -> TimeSpan? {
        guard let value = finite(text), abs(value) <= 4_294_967_296 else { return nil }
        return .milliseconds(Int64((value * 1000).rounded()))
    }
}

extension Timestamp {
    /// As feeds and accounting tools write it: whole seconds since 1970 up to 2^32, or a date and time of day, UTC where
    /// it names no zone.
    init?(feed text: ArraySlice<UInt8>) {
        if let seconds = Number.whole(text), (0...(1 << 32)).contains(seconds) {
            self.init(seconds: seconds)
        } else if let moment = CivilTime.timestamp(
            text.count == "2024-01-15".count ? text + Array(" 00:00:00".utf8) : text,
            needsZone: false
        ) {
            // R leaves out a time of day that is midnight.
            self = moment
        } else {
            return nil
        }
    }
}

/// One table's reader: takes the rows one by one, then makes the workload.
protocol TableReader {
    /// Columns that must be there.
    static var wanted: [WantedColumn] { get }
    /// What became of the lines; the driver counts every row that it hands over.
    var account: LineAccount { get set }
    /// Whether the row is no datum of its own.
    func isComment(_ row: TableRow) -> Bool
    /// Throws where the row is malformed.
    mutating func read(_ row: TableRow) throws(LineProblem)
    consuming func finish() -> Workload
}

extension TableReader {
    func isComment(_ row: TableRow) -> Bool { false }
}
