import Orchestration

/// The sequencer's own clock: one value in, never backwards, and not everything believed.
///
/// It runs by the monotonic clock and follows the wall clock forwards. A wall clock that is ahead by more than
/// ``longestJump``, or at the start by more than ``longestPause`` since the log's last event, is not followed until
/// somebody accepts it: a wrong clock would fire every timer at once, for good.
struct SequencerClock {
    /// Within an epoch; a machine that slept is believed so much.
    static let longestJump = TimeSpan.seconds(3600)
    /// Over a restart.
    static let longestPause = TimeSpan.seconds(30 * 24 * 3600)

    let isVirtual: Bool
    /// How far ahead the wall clock is that isn't believed; nil while it is.
    private(set) var doubt: TimeSpan?
    private let readings: ClockReadings
    private var base: Timestamp
    private var monotonicBase: Int64

    /// `floor` is the time of the log's last event; `isKnown` says that the same kind of clock made it.
    init(
        _ clock: EngineClock,
        floor: Timestamp,
        isKnown: Bool,
        readings: ClockReadings = .system
    ) {
        self.readings = readings
        monotonicBase = readings.monotonic()
        switch clock {
        case .virtual(let start):
            base = max(floor, start)
            isVirtual = true
        case .wall:
            let wall = readings.wall()
            let isFar = isKnown && wall - floor > Self.longestPause
            base = isFar ? floor : max(floor, wall)
            doubt = isFar ? wall - floor : nil
            isVirtual = false
        }
    }

    var now: Timestamp {
        isVirtual ? base : base + TimeSpan(nanoseconds: readings.monotonic() - monotonicBase)
    }

    /// Catches up with the wall clock, as far as it is believed.
    mutating func follow() {
        guard !isVirtual else { return }
        let ahead = readings.wall() - now
        guard doubt == nil, ahead <= Self.longestJump else {
            doubt = ahead > Self.longestJump ? ahead : nil
            return
        }
        if ahead > .zero { base = base + ahead }
    }

    /// Believes the wall clock; returns how far ahead it was, nil when it was believed already.
    mutating func accept() -> TimeSpan? {
        follow()
        guard let doubt else { return nil }
        let ahead = readings.wall() - now
        self.doubt = nil
        if ahead > .zero { base = base + ahead }
        return max(doubt, ahead)
    }

    /// Moves a virtual clock forward; a target in the past leaves it where it is.
    mutating func advance(to target: Timestamp) {
        precondition(isVirtual, "the wall clock moves by itself")
        base = max(base, target)
    }
}
