import Glibc
package import Orchestration

/// What the clocks of a process said at one moment.
package struct ClockReading: Sendable {
    package let wall: Timestamp
    /// Nanoseconds since some moment that stays the same.
    package let monotonic: Int64

    package init(wall: Timestamp, monotonic: Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }
}

/// Where readings come from: the system, or a test.
package struct ClockSource: Sendable {
    package let wall: @Sendable () -> Timestamp
    package let monotonic: @Sendable () -> Int64

    package init(wall: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }

    package static let system = ClockSource(
        wall: { Timestamp(nanoseconds: nanoseconds(CLOCK_REALTIME)) },
        monotonic: { monotonicNanoseconds() }
    )

    func read() -> ClockReading {
        ClockReading(wall: wall(), monotonic: monotonic())
    }

    static func monotonicNanoseconds() -> Int64 {
        nanoseconds(CLOCK_MONOTONIC)
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var moment = timespec()
        clock_gettime(clock, &moment)
        return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
    }
}
