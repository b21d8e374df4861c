public import Orchestration

/// A worker with what it holds and how its attempts ended.
public struct WorkerSummary: Sendable, Hashable {
    /// What it is known by.
    public let name: String
    /// What it said when it registered last; nil for one that never did.
    public let registration: WorkerSpecification?
    /// Jobs that it holds; ``JobFilter/worker`` lists them.
    public let running: Int
    /// Whether it gets nothing more.
    public let isDraining: Bool
    /// When it last gave a sign of life that stands in the log: heartbeats without progress don't.
    public let lastSeen: Timestamp?
    /// How its attempts ended.
    public let attempts: AttemptTally

    /// Slots that are free; nil for a worker that never said how many it has.
    public var available: Int? { registration.map { max(0, Int($0.slots) - running) } }
}
