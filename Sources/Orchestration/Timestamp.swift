/// A moment: nanoseconds since the Unix epoch, UTC.
///
/// The core never reads a clock; a timestamp always comes in as a value.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Stops at the end of representable time instead of wrapping.
    public init(seconds: Int64) {
        nanoseconds = TimeSpan.seconds(seconds).nanoseconds
    }

    public static let zero = Timestamp(nanoseconds: 0)

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment `span` later; stops at the end of representable time instead of wrapping.
    public static func + (moment: Timestamp, span: TimeSpan) -> Timestamp {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return Timestamp(nanoseconds: overflow ? (span.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The time from `right` to `left`; saturates.
    public static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
        let (gap, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (left > right ? .max : .min) : gap)
    }
}

/// A length of time in nanoseconds.
public struct TimeSpan: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static let zero = TimeSpan(nanoseconds: 0)
    public static func milliseconds(_ count: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: scaled(count, 1_000_000))
    }
    public static func seconds(_ count: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: scaled(count, 1_000_000_000))
    }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Saturates.
    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (right.nanoseconds > 0 ? .max : .min) : sum)
    }

    private static func scaled(_ count: Int64, _ unit: Int64) -> Int64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? (count < 0 ? .min : .max) : product
    }
}
