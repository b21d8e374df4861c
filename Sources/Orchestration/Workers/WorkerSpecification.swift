/// What a worker says of itself when it registers.
///
/// A worker that never registered takes what it asks for.
public struct WorkerSpecification: Sendable, Hashable {
    /// What it is known by.
    public var name: String
    /// Jobs that it holds at once at most; at least 1.
    public var slots: UInt32
    /// The queues that it serves; empty for all.
    public var queues: [String]
    /// The kinds that it takes; empty for all.
    public var kinds: [String]
    /// Short texts about it.
    public var labels: [String]

    /// A worker of one slot that takes everything, unless otherwise said.
    public init(
        name: String,
        slots: UInt32 = 1,
        queues: [String] = [],
        kinds: [String] = [],
        labels: [String] = []
    ) {
        self.name = name
        self.slots = slots
        self.queues = queues
        self.kinds = kinds
        self.labels = labels
    }
}
