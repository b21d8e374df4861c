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
        nanoseconds = Span.seconds(seconds).nanoseconds
    }

    public static let zero = Timestamp(nanoseconds: 0)

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment `span` later; stops at the end of representable time instead of wrapping.
    public static func + (moment: Timestamp, span: Span) -> Timestamp {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return Timestamp(nanoseconds: overflow ? (span.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The time from `right` to `left`; saturates.
    public static func - (left: Timestamp, right: Timestamp) -> Span {
        let (gap, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return Span(nanoseconds: overflow ? (left > right ? .max : .min) : gap)
    }
}

/// A length of time in nanoseconds.
public struct Span: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static let zero = Span(nanoseconds: 0)
    public static func milliseconds(_ count: Int64) -> Span { Span(nanoseconds: scaled(count, 1_000_000)) }
    public static func seconds(_ count: Int64) -> Span { Span(nanoseconds: scaled(count, 1_000_000_000)) }

    public static func < (left: Span, right: Span) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Saturates.
    public static func + (left: Span, right: Span) -> Span {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return Span(nanoseconds: overflow ? (right.nanoseconds > 0 ? .max : .min) : sum)
    }

    private static func scaled(_ count: Int64, _ unit: Int64) -> Int64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? (count < 0 ? .min : .max) : product
    }
}
