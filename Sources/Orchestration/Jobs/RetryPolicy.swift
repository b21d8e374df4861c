/// When a failed attempt is tried again: `min(cap, base × factor^(failures − 1))`, spread by the jitter drawn.
public struct RetryPolicy: Hashable, Sendable {
    /// Failures allowed before the job is dead; at least 1.
    public var maxAttempts: UInt32
    /// Crashes (expired leases) allowed on top; 0 means that the first crash is the end.
    public var maxCrashes: UInt32
    /// The delay after the first failure.
    public var base: TimeSpan
    /// What each further failure multiplies the delay by.
    public var factor: Double
    /// The longest delay.
    public var cap: TimeSpan
    /// 0…1: the share of the delay that the jitter may take away.
    public var jitter: Double
    /// An attempt that fails with one of these error types is not retried.
    public var nonRetryable: [Name]

    /// Five attempts and three crashes, a second apart at first and an hour at most, unless otherwise said.
    public init(
        maxAttempts: UInt32 = 5,
        maxCrashes: UInt32 = 3,
        base: TimeSpan = .seconds(1),
        factor: Double = 2,
        cap: TimeSpan = .seconds(3600),
        jitter: Double = 0.2,
        nonRetryable: [Name] = []
    ) {
        self.maxAttempts = maxAttempts
        self.maxCrashes = maxCrashes
        self.base = base
        self.factor = factor
        self.cap = cap
        self.jitter = jitter
        self.nonRetryable = nonRetryable
    }
}

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
        // Nothing grows to nothing, however often: the power may be infinite, and zero times that is no number.
        let grown = base == 0 ? 0 : Double(base) * Self.power(policy.factor, tries &- 1)
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

/// How long things may last.
public struct Timeouts: Hashable, Sendable {
    /// A lease's length, anew with each heartbeat; a worker that is asked to stop has what is left of it.
    public var lease: TimeSpan
    /// Of one attempt: one that runs longer has failed.
    ///
    /// No heartbeat and no restart extends it.
    public var run: TimeSpan?
    /// From creation, approval or redrive to the end: a job that runs then is dead, one that waits expires.
    public var total: TimeSpan?

    /// A lease of a minute, and no other bound, unless otherwise said.
    public init(lease: TimeSpan = .seconds(60), run: TimeSpan? = nil, total: TimeSpan? = nil) {
        self.lease = lease
        self.run = run
        self.total = total
    }
}
