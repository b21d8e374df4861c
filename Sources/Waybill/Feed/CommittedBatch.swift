public import Orchestration

/// What one group commit made durable.
///
/// Never empty.
public struct CommittedBatch: Sendable {
    public let events: [Event]
    public let firstSequence: UInt64
    public let lastSequence: UInt64

    /// Nil when there is nothing in it.
    init?(_ events: [Event]) {
        guard let first = events.first, let last = events.last else { return nil }
        self.events = events
        firstSequence = first.sequence
        lastSequence = last.sequence
    }
}
