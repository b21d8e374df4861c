/// Which epoch wrote which sequences: the first sequence of each epoch, ascending.
struct EpochTable: Sendable {
    private var firsts: [(epoch: UInt64, sequence: UInt64)] = []

    mutating func begin(_ epoch: UInt64, at sequence: UInt64) {
        firsts.append((epoch, sequence))
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
