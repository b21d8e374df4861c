/// A worker's request for work.
public struct DispatchRequest: Sendable, Hashable {
    /// Who asks; its registration, if there is one, bounds what it is given.
    public var worker: String
    /// Empty takes from every queue that the worker is registered for, or from all.
    public var queues: [String]
    /// Empty takes every kind that the worker is registered for, or all.
    public var kinds: [String]
    /// At most this many leases; at least 1.
    public var max: Int
    /// The machine that the worker runs on; jobs without a machine of their own are charged to it.
    public var machine: String?
    /// How long the engine keeps the request while nothing is suitable; the decision itself knows no waiting.
    public var wait: TimeSpan

    /// A request by a worker, for one job of any queue unless more is said.
    public init(
        worker: String,
        queues: [String] = [],
        kinds: [String] = [],
        max: Int = 1,
        machine: String? = nil,
        wait: TimeSpan = .zero
    ) {
        self.worker = worker
        self.queues = queues
        self.kinds = kinds
        self.max = max
        self.machine = machine
        self.wait = wait
    }
}
