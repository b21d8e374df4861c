/// One moment at which a job changes by itself.
struct TimerKey: Comparable, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// A run-at time or a backoff is over.
        case due
        /// The job is not wanted any more unless it runs.
        case expiry
        /// A lease, or the grace of a cancellation, is over.
        case deadline
    }

    let time: Timestamp
    let order: UInt64
    let slot: UInt32
    let kind: Kind

    /// The earliest first; among equals the one that is older in the dispatch order.
    static func < (left: TimerKey, right: TimerKey) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.order != right.order { return left.order < right.order }
        return left.kind.rawValue < right.kind.rawValue
    }
}

extension JobRecord {
    /// The timer that the job's state asks for, apart from its expiry.
    @inline(__always)
    func timer(slot: UInt32) -> TimerKey? {
        switch state {
        case .scheduled: TimerKey(time: moment, order: order, slot: slot, kind: .due)
        case .running: TimerKey(time: moment, order: order, slot: slot, kind: .deadline)
        default: nil
        }
    }

    /// Proposed and waiting jobs expire; a running one does not.
    @inline(__always)
    func expiry(slot: UInt32) -> TimerKey? {
        guard state != .running, let expiresAt else { return nil }
        return TimerKey(time: expiresAt, order: order, slot: slot, kind: .expiry)
    }
}
