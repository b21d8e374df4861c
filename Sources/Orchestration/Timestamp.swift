/// A moment: nanoseconds since the Unix epoch, UTC.
///
/// The core never reads a clock; a timestamp always comes in as a value. Arithmetic stops at the ends of representable
/// time (the years 1677 and 2262) instead of wrapping.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var nanoseconds: Int64

    /// The moment so many nanoseconds after 1970-01-01T00:00:00Z.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    public init(seconds: Int64) {
        nanoseconds = TimeSpan.seconds(seconds).nanoseconds
    }

    /// 1970-01-01T00:00:00Z.
    public static let zero = Timestamp(nanoseconds: 0)

    /// Whether `left` is the earlier moment.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment `span` later.
    public static func + (moment: Timestamp, span: TimeSpan) -> Timestamp {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return Timestamp(nanoseconds: overflow ? (span.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The time from `right` to `left`; negative when `right` is the later moment.
    public static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
        let (gap, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (left > right ? .max : .min) : gap)
    }
}

/// A length of time in nanoseconds.
///
/// Arithmetic saturates: the longest is 292 years.
public struct TimeSpan: Hashable, Comparable, Sendable {
    /// Its length in nanoseconds; negative for a time backwards.
    public var nanoseconds: Int64

    /// So many nanoseconds.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// No time at all.
    public static let zero = TimeSpan(nanoseconds: 0)

    /// So many milliseconds.
    public static func milliseconds(_ count: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: scaled(count, 1_000_000))
    }

    /// So many seconds.
    public static func seconds(_ count: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: scaled(count, 1_000_000_000))
    }

    /// Whether `left` is shorter.
    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Both after one another.
    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (right.nanoseconds > 0 ? .max : .min) : sum)
    }

    private static func scaled(_ count: Int64, _ unit: Int64) -> Int64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? (count < 0 ? .min : .max) : product
    }
}
