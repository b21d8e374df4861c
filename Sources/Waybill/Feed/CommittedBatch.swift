public import Orchestration

/// What one group commit made durable.
///
/// Never empty.
public struct CommittedBatch: Sendable {
    public let events: [Event]
    public let firstSequence: UInt64
    public let lastSequence: UInt64
    /// Encoded, before compression: what it takes to hold it in memory, roughly.
    let bytes: Int

    /// Nil when there is nothing in it.
    init?(_ events: [Event], bytes: Int) {
        guard let first = events.first, let last = events.last else { return nil }
        self.events = events
        self.bytes = bytes
        firstSequence = first.sequence
        lastSequence = last.sequence
    }
}
