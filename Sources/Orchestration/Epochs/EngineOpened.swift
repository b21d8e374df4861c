/// A process began an epoch.
public struct EngineOpened: Sendable, Hashable {
    public var epoch: UInt64
    public var clock: ClockKind
    /// Whether it serves workers, so that live leases are re-armed from its time; not when it opened the log for one
    /// command.
    public var isServing: Bool
    public var idempotency: IdempotencyBounds

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
    case wall = 1
    case virtual = 2
}
