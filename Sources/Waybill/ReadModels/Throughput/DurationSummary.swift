import Histogram
public import Orchestration

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
