/// The place of a ready job in the dispatch order: lowest rank, then lowest order.
struct ReadyKey: Comparable, Hashable, Sendable {
    /// When the job would have been created to stand here with priority 0; see ``QueueSpecification/aging``.
    let rank: Int64
    let order: UInt64
    let slot: UInt32

    static func < (left: ReadyKey, right: ReadyKey) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.order < right.order
    }
}

/// The first job of something that holds several; ordered like the jobs.
struct ReadyHead: Comparable, Hashable, Sendable {
    let key: ReadyKey
    let place: UInt32

    static func < (left: ReadyHead, right: ReadyHead) -> Bool { left.key < right.key }
}
