public import Orchestration

extension Timestamp {
    /// `2026-11-20T09:30:00.000000001Z` (RFC 3339, UTC); the fraction is left out where it is zero.
    ///
    /// The civil date is counted from days in whole 400-year eras that begin on 1 March.
    public var rfc3339: String {
        let second: Int64 = 1_000_000_000
        let seconds = nanoseconds.quotientAndRemainder(dividingBy: second)
        let whole = seconds.remainder < 0 ? seconds.quotient - 1 : seconds.quotient
        let fraction = seconds.remainder < 0 ? seconds.remainder + second : seconds.remainder
        let days = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
        let ofDay = whole - days * 86_400
        let date = Self.civil(days)
        var text = "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
        text +=
            "T\(Self.padded(ofDay / 3600, 2)):\(Self.padded(ofDay / 60 % 60, 2)):\(Self.padded(ofDay % 60, 2))"
        if fraction != 0 { text += "." + Self.padded(fraction, 9) }
        return text + "Z"
    }

    /// Reads what ``rfc3339`` writes, and every other offset; nil when it is malformed or has no zone.
    public init?(rfc3339 text: String) {
        guard let time = CivilTime.timestamp(Array(text.utf8)[...], needsZone: true) else { return nil }
        self = time
    }

    private static func civil(_ daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }
}
