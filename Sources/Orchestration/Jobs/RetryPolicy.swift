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
    public var nonRetryable: [String]

    /// Five attempts and three crashes, a second apart at first and an hour at most, unless otherwise said.
    public init(
        maxAttempts: UInt32 = 5,
        maxCrashes: UInt32 = 3,
        base: TimeSpan = .seconds(1),
        factor: Double = 2,
        cap: TimeSpan = .seconds(3600),
        jitter: Double = 0.2,
        nonRetryable: [String] = []
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
