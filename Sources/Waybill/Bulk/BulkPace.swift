/// How fast a bulk operation goes: so many jobs a second at most, in steps.
struct BulkPace: Sendable {
    /// Jobs of one step.
    let step: Int
    /// The least time from one step to the next.
    let interval: Duration
    let clock: any Clock<Duration>

    /// Nil for as fast as the engine can.
    init(perSecond rate: Int?, clock: any Clock<Duration>) {
        self.clock = clock
        guard let rate else {
            step = BulkOperation.chunk
            interval = .zero
            return
        }
        // Ten steps a second, where the rate allows it.
        step = min(BulkOperation.chunk, max(1, rate / 10))
        interval = .seconds(step) / max(1, rate)
    }
}
