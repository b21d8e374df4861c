/// The place of a ready job in the dispatch order: highest priority, then lowest order.
struct ReadyKey: Comparable, Hashable, Sendable {
    /// The complement of the priority, so that the highest sorts first.
    private let rank: Int32
    let slot: UInt32
    let order: UInt64

    init(priority: Int32, order: UInt64, slot: UInt32) {
        rank = ~priority
        self.slot = slot
        self.order = order
    }

    static func < (left: ReadyKey, right: ReadyKey) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.order < right.order
    }
}
