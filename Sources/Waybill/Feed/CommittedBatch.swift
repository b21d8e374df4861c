import Orchestration

/// What one group commit made durable.
///
/// Never empty.
package struct CommittedBatch: Sendable {
    let events: [Event]
    let firstSequence: UInt64
    let lastSequence: UInt64
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
