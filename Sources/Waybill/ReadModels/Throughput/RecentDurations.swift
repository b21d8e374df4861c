import Histogram
public import Orchestration

/// Durations of the present hour of the log's time and of the one before it.
///
/// At most about 20 KB an hour: two significant digits from a microsecond on.
struct RecentDurations {
    static let window: Int64 = 3600 * 1_000_000_000
    /// In microseconds: 30 days; what lasted longer counts as that.
    ///
    /// Given from the start, for a histogram that grows by itself pays dearly for its first values, each hour anew.
    static let longest: UInt64 = 30 * 24 * 3_600_000_000

    private var hour = Int64.min
    private var current: Histogram<UInt32>?
    private var previous: Histogram<UInt32>?

    mutating func record(_ span: TimeSpan, at time: Timestamp) {
        turn(to: time)
        var histogram =
            current ?? Histogram(highestTrackableValue: Self.longest, numberOfSignificantValueDigits: .two)
        current = nil
        histogram.record(min(Self.longest, UInt64(max(0, span.nanoseconds)) / 1000))
        current = histogram
    }

    /// Nil when nothing was recorded in the hour of `now` and the one before it.
    func summary(at now: Timestamp) -> DurationSummary? {
        var copy = self
        copy.turn(to: now)
        guard var sum = copy.current ?? copy.previous else { return nil }
        if copy.current != nil, let previous = copy.previous { sum.add(previous) }
        return DurationSummary(sum)
    }

    private mutating func turn(to time: Timestamp) {
        let now = time.nanoseconds / Self.window
        guard now != hour else { return }
        previous = now == hour &+ 1 ? current : nil
        current = nil
        hour = now
    }
}

/// How long something took, in percentiles that are exact to one percent.
public struct DurationSummary: Sendable, Hashable {
    /// How many were measured.
    public let count: Int
    /// Half of them took no longer.
    public let p50: TimeSpan
    /// Nine in ten took no longer.
    public let p90: TimeSpan
    /// Ninety-five in a hundred took no longer.
    public let p95: TimeSpan
    /// Ninety-nine in a hundred took no longer.
    public let p99: TimeSpan
    /// The longest.
    public let max: TimeSpan
    /// The arithmetic mean.
    public let mean: TimeSpan

    /// `histogram` counts microseconds; nil when it is empty.
    init?(_ histogram: Histogram<UInt32>) {
        guard histogram.totalCount > 0 else { return nil }
        func span(_ microseconds: UInt64) -> TimeSpan {
            TimeSpan(
                nanoseconds: Int64(clamping: microseconds.multipliedReportingOverflow(by: 1000).partialValue)
            )
        }
        count = Int(histogram.totalCount)
        p50 = span(histogram.valueAtPercentile(50))
        p90 = span(histogram.valueAtPercentile(90))
        p95 = span(histogram.valueAtPercentile(95))
        p99 = span(histogram.valueAtPercentile(99))
        max = span(histogram.max)
        mean = span(UInt64(histogram.mean))
    }
}
