/// Dates and times of day in the proleptic Gregorian calendar, UTC, and the moments that they name: nanoseconds since
/// 1970.
///
/// Days are counted by whole 400-year eras of 146,097 days that begin on 1 March, so that the leap day is a year's last.
package struct CivilTime: Sendable {
    package let year: Int64
    package let month: Int64
    package let day: Int64
    package let hour: Int64
    package let minute: Int64
    package let second: Int64
    package let nanosecond: Int64

    package init(nanoseconds: Int64) {
        let second: Int64 = 1_000_000_000
        let parts = nanoseconds.quotientAndRemainder(dividingBy: second)
        let seconds = parts.remainder < 0 ? parts.quotient - 1 : parts.quotient
        nanosecond = parts.remainder < 0 ? parts.remainder + second : parts.remainder
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let ofDay = seconds - days * 86_400
        (hour, minute, self.second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60)
        (year, month, day) = Self.date(daysSinceEpoch: days)
    }

    private static func date(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
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
}

extension CivilTime {
    /// `2026-11-20T09:30:00.000000001Z` (RFC 3339, UTC); the fraction is left out where it is zero.
    package var rfc3339: String {
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        let fraction = nanosecond == 0 ? "" : "." + Self.padded(nanosecond, 9)
        return "\(date)T\(timeOfDay)\(fraction)Z"
    }

    /// `09:30:00`.
    package var timeOfDay: String {
        "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
    }

    package static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }
}

extension CivilTime {
    /// The moment that a date and time of day name.
    ///
    /// `2024-11-15 16:57:50` or with a `T`, then an optional fraction of up to nine digits, then `Z` or an offset
    /// `+01:00` (RFC 3339). Without a zone it is UTC if `needsZone` is false, else malformed. The years 1678 to 2261
    /// can be said with any offset by nanoseconds since 1970 in 64 bits, and of those beside them a part.
    package static func moment(
        _ text: ArraySlice<UInt8>,
        needsZone: Bool
    ) throws(TimeProblem) -> Int64 {
        let bytes = Array(text)
        guard bytes.count >= 19, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[13] == 0x3a, bytes[16] == 0x3a,
            bytes[10] == 0x20 || bytes[10] == 0x54 || bytes[10] == 0x74,
            let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
            let day = digits(bytes[8..<10]),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]),
            (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year),
            hour < 24, minute < 60, second <= 60
        else { throw .malformed }
        let (fraction, zone) = try fraction(bytes[19...])
        guard let offset = offset(zone, needsZone: needsZone) else { throw .malformed }
        if second == 60 { throw .leapSecond }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        // Towards zero, or the second of the first moment of all would be out of reach.
        let (near, rest) = seconds < 0 ? (seconds + 1, fraction - 1_000_000_000) : (seconds, fraction)
        let (whole, overflow) = near.multipliedReportingOverflow(by: 1_000_000_000)
        let (moment, carry) = whole.addingReportingOverflow(rest)
        if overflow || carry { throw .year }
        return moment
    }

    /// The same; nil where it can't be said.
    package static func nanoseconds(_ text: ArraySlice<UInt8>, needsZone: Bool) -> Int64? {
        try? moment(text, needsZone: needsZone)
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
    private static func fraction(
        _ text: ArraySlice<UInt8>
    ) throws(TimeProblem) -> (Int64, ArraySlice<UInt8>) {
        guard text.first == 0x2e else { return (0, text) }
        let part = text.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
        if part.count > 9 { throw .fraction }
        guard var value = Number.integer(part) else { throw .malformed }
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

/// Why a text is no moment that can be told here.
package enum TimeProblem: Error, CustomStringConvertible {
    case malformed
    case year
    case leapSecond
    case fraction

    package var description: String {
        switch self {
        case .malformed: "must be an RFC 3339 time, such as 2026-11-20T09:30:00Z"
        case .year: "must lie in the years 1678 to 2261, which nanoseconds since 1970 in 64 bits can say"
        case .leapSecond: "is in a leap second, which is not counted here; give the second before or after it"
        case .fraction: "must have at most nine digits after the second: nanoseconds"
        }
    }
}
