/// The jobs that one `completeMany` has ended so far.
///
/// Tokens mostly come in the order in which they were granted; while they grow, no job can come twice and nothing
/// is looked up.
struct CompletedSlots {
    private var highest: UInt64 = 0
    private var slots: [UInt32] = []
    private var set: Set<UInt32> = []

    /// False when the slot is in already.
    mutating func insert(_ slot: UInt32, token: UInt64) -> Bool {
        guard token <= highest else {
            highest = token
            slots.append(slot)
            return true
        }
        while let pending = slots.popLast() { set.insert(pending) }
        return set.insert(slot).inserted
    }
}
