/// How a log is opened for writing.
public struct LogOptions: Sendable {
    public var durability: Durability
    public var limits: LogLimits
    /// Source of the random ids of the log and of its segments.
    public var entropy: @Sendable () -> UInt64
    /// Written into `LOCK`, so that a second writer can name the first.
    public var processID: Int32
    /// The highest sequence that a verified snapshot or checkpoint proves; a log that ends before it is refused.
    public var provenThrough: UInt64

    public init(
        durability: Durability = .commit,
        limits: LogLimits = LogLimits(),
        entropy: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        processID: Int32 = RealDisk.processID,
        provenThrough: UInt64 = 0
    ) {
        self.durability = durability
        self.limits = limits
        self.entropy = entropy
        self.processID = processID
        self.provenThrough = provenThrough
    }

    /// An id: random, and never 0, which stands for "none" in the format.
    func newID() -> UInt64 {
        let value = entropy()
        return value == 0 ? 1 : value
    }
}
