package import Orchestration

/// The sequencer's own clock: readings in, one time out, never backwards, and not everything believed.
///
/// It runs by the monotonic clock and follows the wall clock forwards. A wall clock that is ahead by more than
/// ``longestJump``, or at the start by more than ``longestPause`` since the log's last event, is not followed until
/// somebody accepts it: a wrong clock would fire every timer at once, for good.
package struct SequencerClock: Sendable {
    /// Within an epoch; a machine that slept is believed so much.
    static let longestJump = TimeSpan.seconds(3600)
    /// Over a restart.
    static let longestPause = TimeSpan.seconds(30 * 24 * 3600)

    let isVirtual: Bool
    /// As of the last reading.
    private(set) var now: Timestamp
    /// How far ahead the wall clock is that isn't believed; nil while it is.
    private(set) var doubt: TimeSpan?
    private var reading: ClockReading

    /// `floor` is the time of the log's last event; `isKnown` says that the same kind of clock made it.
    package init(_ clock: EngineClock, floor: Timestamp, isKnown: Bool, at reading: ClockReading) {
        self.reading = reading
        switch clock {
        case .virtual(let start):
            now = max(floor, start)
            isVirtual = true
        case .wall:
            let isFar = isKnown && reading.wall - floor > Self.longestPause
            now = isFar ? floor : max(floor, reading.wall)
            doubt = isFar ? reading.wall - floor : nil
            isVirtual = false
        }
    }

    /// Time has passed: catches up with the wall clock, as far as it is believed.
    mutating func follow(_ reading: ClockReading) {
        let passed = reading.monotonic - self.reading.monotonic
        self.reading = reading
        guard !isVirtual else { return }
        if passed > 0 { now = now + TimeSpan(nanoseconds: passed) }
        let ahead = reading.wall - now
        guard doubt == nil, ahead <= Self.longestJump else {
            doubt = ahead > Self.longestJump ? ahead : nil
            return
        }
        if ahead > .zero { now = now + ahead }
    }

    /// Believes the wall clock; returns how far ahead it was, nil when it was believed already.
    mutating func accept() -> TimeSpan? {
        guard let doubt else { return nil }
        let ahead = reading.wall - now
        self.doubt = nil
        if ahead > .zero { now = now + ahead }
        return max(doubt, ahead)
    }

    /// Moves a virtual clock forward; a target in the past leaves it where it is.
    mutating func advance(to target: Timestamp) {
        precondition(isVirtual, "the wall clock moves by itself")
        now = max(now, target)
    }
}
