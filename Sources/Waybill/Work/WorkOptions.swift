public import Logging

/// How a worker in the host's process works; the defaults suit most.
public struct WorkOptions: Sendable {
    /// The machine that it runs on: jobs without a machine of their own are charged to it.
    public var machine: String?
    /// Short texts about the worker, registered with it.
    public var labels: [String]
    /// How long running jobs may go on after a graceful shutdown began; then they are cancelled and given back.
    public var grace: Duration
    /// Who stands in the events as the one who acted; nil for the worker's name.
    public var actor: String?
    /// Heartbeats, grace and pauses follow it; a test may move one of its own.
    public var clock: any Clock<Duration>
    /// Told of outcomes that the engine refused, and of results that were dropped.
    public var logger: Logger

    /// The usual options, but for what is named.
    public init(
        machine: String? = nil,
        labels: [String] = [],
        grace: Duration = .seconds(30),
        actor: String? = nil,
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
