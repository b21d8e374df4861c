import Orchestration

/// What one group commit made durable.
///
/// Never empty.
package struct CommittedBatch: Sendable {
    let events: [Event]
    let firstSequence: UInt64
    let lastSequence: UInt64
    /// What its events take in memory, with the places that their array has in reserve.
    let memoryBytes: Int

    /// Nil when there is nothing in it.
    init?(_ events: [Event]) {
        guard let first = events.first, let last = events.last else { return nil }
        self.events = events
        // A list that grows event by event doubles its places.
        let places = 1 << (Int.bitWidth - (events.count - 1).leadingZeroBitCount)
        let reserve = (places - events.count) * MemoryLayout<Event>.stride
        memoryBytes = events.reduce(reserve) { $0 + $1.memoryBytes }
        firstSequence = first.sequence
        lastSequence = last.sequence
    }
}
