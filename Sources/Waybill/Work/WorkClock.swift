import Orchestration

/// A worker's own time: a length since its run began.
///
/// Every pause of a worker is made here, so that a test's clock moves all of them.
struct WorkClock: Sendable {
    private let reading: @Sendable () -> Duration
    private let sleeping: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        reading = { start.duration(to: clock.now) }
        sleeping = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }

    var now: Duration { reading() }

    /// Returns at `moment`, or as soon as the task is cancelled.
    func wait(until moment: Duration) async {
        try? await sleeping(moment)
    }
}

extension Duration {
    init(_ span: TimeSpan) {
        self = .nanoseconds(span.nanoseconds)
    }
}
