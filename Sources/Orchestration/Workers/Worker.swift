/// A worker as a value to look at.
public struct Worker: Sendable, Hashable {
    public let name: String
    /// Nil for one that never registered.
    public let specification: WorkerSpecification?
    /// Jobs that it holds.
    public let running: UInt32
    public let isDraining: Bool
    /// The sequence of its last event.
    public let lastSequence: UInt64
}
