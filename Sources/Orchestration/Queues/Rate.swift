/// How many jobs of a queue may start in a time.
public struct Rate: Sendable, Hashable {
    /// Starts per ``interval``; at least 1.
    public var starts: UInt32
    /// The time that the starts are counted in.
    public var interval: TimeSpan
    /// Starts that an idle queue saves up for later; at least 1.
    public var burst: UInt32

    /// So many starts in a time, evenly spread.
    public init(_ starts: UInt32, per interval: TimeSpan, burst: UInt32 = 1) {
        self.starts = starts
        self.interval = interval
        self.burst = burst
    }

    /// Nanoseconds between two tokens: rounded up, so that the rate is never exceeded.
    var spacing: Int64 {
        let (quotient, remainder) = interval.nanoseconds.quotientAndRemainder(dividingBy: Int64(starts))
        return quotient + (remainder > 0 ? 1 : 0)
    }
}
