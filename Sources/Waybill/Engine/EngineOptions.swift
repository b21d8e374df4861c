public import EventLog
public import Logging
public import Orchestration

/// How an engine is opened.
///
/// The defaults are the safe ones.
public struct EngineOptions: Sendable {
    /// `commit` acknowledges after the disk has it; `none` is for tests and imports.
    public var durability: Durability
    /// Where time comes from.
    public var clock: EngineClock
    /// Sizes of segments, batches, commands and payloads.
    public var limits: LogLimits
    /// Commands (their items, and each 4 KiB that they carry, count one each) that may wait for the sequencer; one more
    /// is refused with ``EngineError/intakeFull(capacity:)``.
    public var intakeCapacity: Int
    /// Committed events kept in memory for read models and subscribers; who falls further behind reads the log.
    public var feedEvents: Int
    /// Seeds the jitter of retries; nil draws a seed.
    ///
    /// What is drawn is recorded in the events either way.
    public var seed: UInt64?
    /// A log on a network file system is refused unless this is true: its syncs and locks can't be trusted.
    public var allowsNetworkFileSystem: Bool
    /// Refuse a directory whose log holds events: for imports and plays, which must not mix with a history.
    public var requiresNewLog: Bool
    /// Whether workers are served, so that leases that were live are given their whole length again.
    ///
    /// False for a process that opens the log for one command.
    public var isServing: Bool
    /// How long, and how many, idempotency keys are remembered.
    public var idempotency: IdempotencyBounds
    /// Whether jobs are refused in queues that nobody configured before.
    public var mustConfigureQueues: Bool
    /// Told of what a host can't see from its own calls: a clock that jumped, a read model that stopped.
    public var logger: Logger
    /// What the wall clock reads; tests set it.
    package var clockSource = ClockSource.system

    /// Safe options, but for what is named.
    public init(
        durability: Durability = .commit,
        clock: EngineClock = .wall,
        limits: LogLimits = LogLimits(),
        intakeCapacity: Int = 65_536,
        feedEvents: Int = 262_144,
        seed: UInt64? = nil,
        allowsNetworkFileSystem: Bool = false,
        requiresNewLog: Bool = false,
        isServing: Bool = true,
        idempotency: IdempotencyBounds = IdempotencyBounds(),
        mustConfigureQueues: Bool = false,
        logger: Logger = Logger(label: "waybill")
    ) {
        self.durability = durability
        self.clock = clock
        self.limits = limits
        self.intakeCapacity = intakeCapacity
        self.feedEvents = feedEvents
        self.seed = seed
        self.allowsNetworkFileSystem = allowsNetworkFileSystem
        self.requiresNewLog = requiresNewLog
        self.isServing = isServing
        self.idempotency = idempotency
        self.mustConfigureQueues = mustConfigureQueues
        self.logger = logger
    }

    var epochTerms: EpochTerms {
        EpochTerms(clock: clock.kind, isServing: isServing, idempotency: idempotency)
    }
}

/// Where the engine's time comes from.
///
/// It is recorded in every event, so replay needs none of it.
public enum EngineClock: Sendable {
    /// The machine's wall clock, followed forwards only: time never goes back while the engine is open, nor over a
    /// restart (the log's last time is its floor).
    ///
    /// A jump by more than an hour, or by more than 30 days over a restart, isn't believed before
    /// ``Engine/acceptClock()``; until then time runs on by the monotonic clock.
    case wall
    /// Stands still until ``Engine/advance(to:)`` or ``Engine/advance(by:)`` moves it.
    case virtual(start: Timestamp)

    var kind: ClockKind {
        switch self {
        case .wall: .wall
        case .virtual: .virtual
        }
    }
}
