package import Orchestration

/// Dates as text to moments, for the proleptic Gregorian calendar, UTC.
///
/// Days from the civil date by counting whole 400-year eras of 146,097 days from 1 March.
package enum CivilTime {
    /// The moment that a date and time of day name; nil if malformed.
    ///
    /// `2024-11-15 16:57:50` or with a `T`, then an optional fraction of up to nine digits, then `Z` or an offset
    /// `+01:00` (RFC 3339). Without a zone it is UTC if `needsZone` is false, else malformed.
    package static func timestamp(_ text: ArraySlice<UInt8>, needsZone: Bool) -> Timestamp? {
        let bytes = Array(text)
        guard bytes.count >= 19, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[13] == 0x3a, bytes[16] == 0x3a,
            bytes[10] == 0x20 || bytes[10] == 0x54 || bytes[10] == 0x74,
            let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
            let day = digits(bytes[8..<10]),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]),
            (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year),
            hour < 24, minute < 60, second < 60,
            let (fraction, zone) = fraction(bytes[19...]), let offset = offset(zone, needsZone: needsZone)
        else { return nil }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (moment, carry) = whole.addingReportingOverflow(fraction)
        return overflow || carry ? nil : Timestamp(nanoseconds: moment)
    }

    private static func digits(_ text: ArraySlice<UInt8>) -> Int64? {
        guard text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Number.integer(text)
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        // January and February belong to the year before, so that the leap day is its last.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Nanoseconds of an optional `.digits`, and what follows.
    private static func fraction(_ text: ArraySlice<UInt8>) -> (Int64, ArraySlice<UInt8>)? {
        guard text.first == 0x2e else { return (0, text) }
        let part = text.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard (1...9).contains(part.count), var value = Number.integer(part) else { return nil }
        for _ in part.count..<9 { value *= 10 }
        return (value, text[part.endIndex...])
    }

    /// Seconds east of Greenwich.
    private static func offset(_ text: ArraySlice<UInt8>, needsZone: Bool) -> Int64? {
        guard let first = text.first else { return needsZone ? nil : 0 }
        if text.count == 1 { return first == 0x5a || first == 0x7a ? 0 : nil }
        let start = text.startIndex
        guard text.count == 6, first == 0x2b || first == 0x2d, text[start + 3] == 0x3a,
            let hours = digits(text[start + 1..<start + 3]), hours < 24,
            let minutes = digits(text[start + 4..<start + 6]), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (first == 0x2d ? -1 : 1)
    }
}
