/// What a worker says of itself when it registers.
///
/// A worker that never registered takes what it asks for.
public struct WorkerSpecification: Sendable, Hashable {
    /// What it is known by.
    public var name: Name
    /// Jobs that it holds at once at most; at least 1.
    public var slots: UInt32
    /// The queues that it serves; empty for all.
    public var queues: [Name]
    /// The kinds that it takes; empty for all.
    public var kinds: [Name]
    /// Short texts about it.
    public var labels: [Name]

    /// A worker of one slot that takes everything, unless otherwise said.
    public init(
        name: Name,
        slots: UInt32 = 1,
        queues: [Name] = [],
        kinds: [Name] = [],
        labels: [Name] = []
    ) {
        self.name = name
        self.slots = slots
        self.queues = queues
        self.kinds = kinds
        self.labels = labels
    }
}
