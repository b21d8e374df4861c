/// A serving process began an epoch.
///
/// Live leases are re-armed from its time.
public struct EngineOpened: Sendable, Hashable {
    public var epoch: UInt64
    public var clock: ClockKind

    public init(epoch: UInt64, clock: ClockKind) {
        self.epoch = epoch
        self.clock = clock
    }
}

/// What an epoch's times are made of: the machine's clock, or one that stands until it is moved.
public enum ClockKind: UInt8, CaseIterable, Sendable {
    case wall = 1
    case virtual = 2
}
