/// A worker as a value to look at.
package struct Worker: Sendable, Hashable {
    package let name: String
    /// Nil for one that never registered.
    package let specification: WorkerSpecification?
    /// Jobs that it holds.
    package let running: UInt32
    package let isDraining: Bool
    /// The sequence of its last event.
    package let lastSequence: UInt64
}
