public import Logging
import Orchestration

/// How a worker in the host's process works; the defaults suit most.
public struct WorkOptions: Sendable {
    /// The machine that it runs on: jobs without a machine of their own are charged to it.
    public var machine: Name?
    /// Short texts about the worker, registered with it.
    public var labels: [Name]
    /// How long running jobs may go on after a graceful shutdown began; then they are cancelled and given back.
    public var grace: Duration
    /// Who stands in the events as the one who acted; nil for the worker's name.
    public var actor: Name?
    /// Heartbeats, grace and pauses follow it; a test may move one of its own.
    public var clock: any Clock<Duration>
    /// Told of outcomes that the engine refused, and of results that were dropped.
    public var logger: Logger

    /// The usual options, but for what is named.
    public init(
        machine: Name? = nil,
        labels: [Name] = [],
        grace: Duration = .seconds(30),
        actor: Name? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "waybill.worker")
    ) {
        self.machine = machine
        self.labels = labels
        self.grace = grace
        self.actor = actor
        self.clock = clock
        self.logger = logger
    }
}

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
