/// One moment at which a job changes by itself.
struct TimerKey: Comparable, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// A run-at time or a backoff is over, or nothing is waited for any more.
        case due
        /// The job is not wanted any more unless it runs.
        case expiry
        /// A lease, or the grace of a cancellation, is over.
        case deadline
        /// An attempt, or the job, has taken all the time that it may.
        case timeout
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
    /// The timer that leads the job on from its state.
    @inline(__always)
    func timer(slot: UInt32) -> TimerKey? {
        switch state {
        case .scheduled: TimerKey(time: moment, order: order, slot: slot, kind: .due)
        case .running: TimerKey(time: deadline, order: order, slot: slot, kind: .deadline)
        case .blocked where parents.isDecided: TimerKey(time: moment, order: order, slot: slot, kind: .due)
        default: nil
        }
    }

    /// The timer that ends what has lasted too long.
    @inline(__always)
    func endTimer(slot: UInt32) -> TimerKey? {
        guard isBounded, let end else { return nil }
        return TimerKey(time: end, order: order, slot: slot, kind: state == .running ? .timeout : .expiry)
    }

    /// Proposed and waiting jobs expire; a running one times out.
    var end: Timestamp? {
        switch state {
        case .proposed: specification.storage.basics.expiresAt
        case .running:
            Self.earlier(specification.storage.terms.values.timeouts.run.map { started + $0 }, totalEnd)
        default: Self.earlier(specification.storage.basics.expiresAt, totalEnd)
        }
    }

    private static func earlier(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }
}
