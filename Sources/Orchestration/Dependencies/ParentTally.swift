/// What a job still waits for.
struct ParentTally: Sendable, Hashable {
    /// Jobs that have not ended in a way that counts.
    var pending: UInt32 = 0
    /// The first one that ended without success, where that is fatal; 0 for none.
    var failed: UInt64 = 0

    /// Whether it can be unblocked, or has to die.
    var isDecided: Bool { pending == 0 || failed != 0 }
}
