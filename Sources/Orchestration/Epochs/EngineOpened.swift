/// A process began an epoch.
public struct EngineOpened: Sendable, Hashable {
    /// The number of this opening, from 1.
    public var epoch: UInt64
    /// What the epoch's times are made of.
    public var clock: ClockKind
    /// Whether it serves workers, so that live leases are re-armed from its time; not when it opened the log for one
    /// command.
    public var isServing: Bool
    /// How long keys are remembered from here on.
    public var idempotency: IdempotencyBounds

    /// How an epoch begins.
    public init(
        epoch: UInt64,
        clock: ClockKind,
        isServing: Bool = true,
        idempotency: IdempotencyBounds = IdempotencyBounds()
    ) {
        self.epoch = epoch
        self.clock = clock
        self.isServing = isServing
        self.idempotency = idempotency
    }
}

/// What an epoch's times are made of: the machine's clock, or one that stands until it is moved.
public enum ClockKind: UInt8, CaseIterable, Sendable {
    /// The machine's clock.
    case wall = 1
    /// A clock that stands until it is moved.
    case virtual = 2
}
