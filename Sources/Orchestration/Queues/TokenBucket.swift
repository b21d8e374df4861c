/// The level of a queue's token bucket as one moment, by the generic cell rate algorithm (ITU-T I.371): when the bucket
/// would be full.
///
/// Nothing has to fill it, so replay needs no timer.
struct TokenBucket: Sendable, Hashable {
    private(set) var full = Timestamp.zero

    init(full: Timestamp = .zero) {
        self.full = full
    }

    /// Whole tokens that are there at a moment.
    func tokens(_ rate: Rate, at now: Timestamp) -> Int {
        let missing = max(0, (full - now).nanoseconds)
        let (whole, rest) = missing.quotientAndRemainder(dividingBy: rate.spacing)
        return max(0, Int(rate.burst) - Int(whole) - (rest > 0 ? 1 : 0))
    }

    /// From when on an empty bucket holds a token again.
    func next(_ rate: Rate) -> Timestamp {
        let (depth, overflow) = rate.spacing.multipliedReportingOverflow(by: Int64(rate.burst) - 1)
        return overflow ? .zero : full + TimeSpan(nanoseconds: -depth)
    }

    /// Under another rate an empty bucket is the worst: what was taken under an old one is no debt.
    mutating func adapt(to rate: Rate?, at now: Timestamp) {
        guard let rate else {
            full = .zero
            return
        }
        let (span, overflow) = rate.spacing.multipliedReportingOverflow(by: Int64(rate.burst))
        if !overflow { full = min(full, now + TimeSpan(nanoseconds: span)) }
    }

    mutating func draw(_ rate: Rate, at now: Timestamp) {
        full = max(full, now) + TimeSpan(nanoseconds: rate.spacing)
    }
}

/// When a queue whose token bucket is empty can give a job again.
struct Refill: Comparable, Hashable, Sendable {
    let time: Timestamp
    let queue: UInt32

    static func < (left: Refill, right: Refill) -> Bool {
        (left.time, left.queue) < (right.time, right.queue)
    }
}
