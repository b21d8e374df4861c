import Orchestration

/// What one group commit made durable.
///
/// Never empty.
package struct CommittedBatch: Sendable {
    let events: [Event]
    let firstSequence: UInt64
    let lastSequence: UInt64
    /// What its events take in memory.
    let memoryBytes: Int

    /// Nil when there is nothing in it.
    init?(_ events: [Event]) {
        guard let first = events.first, let last = events.last else { return nil }
        self.events = events
        memoryBytes = events.reduce(0) { $0 + $1.memoryBytes }
        firstSequence = first.sequence
        lastSequence = last.sequence
    }
}
