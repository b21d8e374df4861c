import Orchestration

/// Which epoch wrote which sequences: the first sequence of each epoch, ascending.
struct EpochTable: Sendable {
    private var firsts: [(epoch: UInt64, sequence: UInt64)] = []

    /// Takes down where an epoch begins.
    mutating func note(_ events: some Sequence<Event>) {
        for event in events {
            guard case .engineOpened(let opened) = event.body else { continue }
            firsts.append((opened.epoch, event.sequence))
        }
    }

    /// The epoch that wrote `sequence`; 0 before the first.
    func epoch(of sequence: UInt64) -> UInt64 {
        firsts.last { $0.sequence <= sequence }?.epoch ?? 0
    }

    /// Whether the cursor's epoch wrote the event that it names.
    func holds(_ cursor: Cursor) -> Bool {
        cursor == .start || epoch(of: cursor.sequence) == cursor.epoch
    }
}
