extension State {
    /// The first event of a serving epoch; its epoch must be above ``epoch``.
    public func decideOpened(_ opened: EngineOpened, at now: Timestamp, into events: inout [Event]) {
        var builder = begin(.engine, at: now, entropy: 0, &events)
        defer { events = builder.events }
        builder.emit(.engineOpened(opened), BackLinks())
    }

    /// One event for each file that has none yet.
    package func decideQuarantined(_ files: [LogQuarantined], at now: Timestamp, into events: inout [Event]) {
        var builder = begin(.engine, at: now, entropy: 0, &events)
        defer { events = builder.events }
        var known = quarantined
        for file in files where known.insert(Name(file.file)).inserted {
            builder.startCommand()
            builder.emit(.logQuarantined(file), BackLinks())
        }
    }

    /// The clock was told to believe that so much time has passed; `now` is after it.
    package func decideClockJump(_ jump: TimeSpan, at now: Timestamp, into events: inout [Event]) {
        var builder = begin(.engine, at: now, entropy: 0, &events)
        defer { events = builder.events }
        builder.emit(.clockJumped(jump), BackLinks())
    }

    /// Every live lease gets its whole length again, from the opening's time, a few times in a row at most:
    /// so a restart costs no healthy worker its job, and an engine that restarts for ever holds none.
    ///
    /// What was told to stop keeps its deadline. A process that doesn't serve workers re-arms nothing.
    mutating func applyOpening(_ opened: EngineOpened, _ event: Event) throws(ApplyError) {
        guard opened.epoch > epoch else { throw event.contradiction("epoch \(opened.epoch) is not new") }
        epoch = opened.epoch
        clock = opened.clock
        idempotency.bounds = opened.idempotency
        guard opened.isServing else { return }
        for slot in leases.all.values {
            guard !jobs[slot].isCancelRequested, jobs[slot].rearms < CoreLimits.rearms else { continue }
            leave(slot)
            jobs[slot].rearms += 1
            enter(slot, .running, at: max(jobs[slot].moment, event.time + jobs[slot].leaseLength))
        }
    }
}

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

/// A torn tail that was never promised was copied aside and cut.
public struct LogQuarantined: Sendable, Hashable {
    /// Name of the copy inside `quarantine/`.
    public var file: String
    /// Its size.
    public var bytes: UInt64

    /// A file that an opening moved aside.
    public init(file: String, bytes: UInt64) {
        self.file = file
        self.bytes = bytes
    }
}
