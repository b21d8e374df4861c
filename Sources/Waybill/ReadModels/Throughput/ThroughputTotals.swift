import Orchestration

/// What happened since the log began, which only grows: for counters and histograms that others scrape.
package struct ThroughputTotals: Sendable, Hashable {
    /// Upper bounds in nanoseconds, from a millisecond to a day.
    static let bounds: [Int64] = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000].map {
        $0 * 1_000_000
    }

    package internal(set) var counts = ThroughputInterval(start: .zero)
    /// How long jobs waited to be dispatched since they were ready, in nanoseconds.
    package internal(set) var waits = BucketHistogram(bounds)
    /// How long attempts ran that succeeded or failed, in nanoseconds.
    package internal(set) var runs = BucketHistogram(bounds)
}
