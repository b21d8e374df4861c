/// How a log is opened for writing.
public struct LogOptions: Sendable {
    /// When an append counts as done.
    public var durability: Durability
    /// Sizes of segments and batches, in bytes.
    public var limits: LogLimits
    /// Source of the random ids of the log and of its segments.
    package var entropy: @Sendable () -> UInt64 = Self.random
    /// Written into `LOCK`, so that a second writer can name the first.
    package var processID = RealDisk.processID
    /// The highest sequence that a verified snapshot or checkpoint proves; a log that ends before it is refused.
    package var provenThrough: UInt64 = 0

    /// Options that differ from the safe defaults in what is named.
    public init(durability: Durability = .commit, limits: LogLimits = LogLimits()) {
        self.durability = durability
        self.limits = limits
    }

    /// The same for a simulated or a foreign process.
    package init(
        durability: Durability = .commit,
        limits: LogLimits = LogLimits(),
        entropy: @escaping @Sendable () -> UInt64 = Self.random,
        processID: Int32
    ) {
        self.init(durability: durability, limits: limits)
        self.entropy = entropy
        self.processID = processID
    }

    package static let random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }

    /// An id: random, and never 0, which stands for "none" in the format.
    func newID() -> UInt64 {
        let value = entropy()
        return value == 0 ? 1 : value
    }
}
