/// How long, and how many, idempotency keys are remembered.
public struct IdempotencyBounds: Sendable, Hashable {
    /// Of event time.
    public var window: TimeSpan
    /// The oldest go first.
    public var count: Int

    /// A day, and a million keys, unless another bound is given.
    public init(window: TimeSpan = .seconds(24 * 3600), count: Int = 1_000_000) {
        self.window = max(.zero, window)
        self.count = max(0, count)
    }
}
