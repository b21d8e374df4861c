/// The delay before the next attempt: `min(cap, base × factor^(tries − 1))`, less what the jitter takes away.
struct Backoff {
    /// Before jitter; never negative, never above the cap.
    let delay: TimeSpan
    /// From zero up to the policy's share of the delay.
    let jitter: TimeSpan

    /// `tries` counts from 1, `fraction` is in 0..<1.
    ///
    /// Any policy gives a sane delay, even one that was never checked.
    init(_ policy: RetryPolicy, tries: UInt32, fraction: Double) {
        let cap = max(policy.cap.nanoseconds, 0)
        let base = max(policy.base.nanoseconds, 0)
        let grown = Double(base) * Self.power(policy.factor, tries &- 1)
        // Written so that a NaN takes the cap.
        let nanoseconds = grown >= 0 && grown < Double(cap) ? Int64(grown) : cap
        delay = TimeSpan(nanoseconds: nanoseconds)
        let share = policy.jitter >= 0 && policy.jitter <= 1 ? policy.jitter : 0
        let taken = Double(nanoseconds) * share * fraction
        jitter = TimeSpan(nanoseconds: taken < Double(nanoseconds) ? Int64(taken) : nanoseconds)
    }

    func retry(_ job: JobID, at time: Timestamp) -> JobRetried {
        let due = time + TimeSpan(nanoseconds: delay.nanoseconds - jitter.nanoseconds)
        return JobRetried(job: job, due: due, backoff: delay, jitter: jitter)
    }

    /// By repeated squaring: the same bits on every machine, where a library's `pow` may differ.
    private static func power(_ base: Double, _ exponent: UInt32) -> Double {
        var result = 1.0
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
