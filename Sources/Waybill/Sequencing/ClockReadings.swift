import Glibc
package import Orchestration

/// Where a wall clock's readings come from: the system, or a test.
package struct ClockReadings: Sendable {
    package let wall: @Sendable () -> Timestamp
    /// Nanoseconds since some moment that stays the same.
    package let monotonic: @Sendable () -> Int64

    package init(wall: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }

    package static let system = ClockReadings(
        wall: { Timestamp(nanoseconds: read(CLOCK_REALTIME)) },
        monotonic: { monotonicNanoseconds() }
    )

    static func monotonicNanoseconds() -> Int64 {
        read(CLOCK_MONOTONIC)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var moment = timespec()
        clock_gettime(clock, &moment)
        return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
    }
}
