import Glibc
import Orchestration

/// The sequencer's own clock: one value in, never backwards.
struct SequencerClock {
    private var base: Timestamp
    private var monotonicBase: Int64
    let isVirtual: Bool

    /// `floor` is the time of the last event in the log.
    init(_ clock: EngineClock, floor: Timestamp) {
        switch clock {
        case .wall:
            base = max(floor, Self.wallTime())
            isVirtual = false
        case .virtual(let start):
            base = max(floor, start)
            isVirtual = true
        }
        monotonicBase = Self.monotonicNanoseconds()
    }

    var now: Timestamp {
        isVirtual ? base : base + Span(nanoseconds: Self.monotonicNanoseconds() - monotonicBase)
    }

    /// Moves a virtual clock forward; a target in the past leaves it where it is.
    mutating func advance(to target: Timestamp) {
        precondition(isVirtual, "the wall clock moves by itself")
        base = max(base, target)
    }

    static func wallTime() -> Timestamp {
        Timestamp(nanoseconds: read(CLOCK_REALTIME))
    }

    static func monotonicNanoseconds() -> Int64 {
        read(CLOCK_MONOTONIC)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var moment = timespec()
        clock_gettime(clock, &moment)
        return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
    }
}
