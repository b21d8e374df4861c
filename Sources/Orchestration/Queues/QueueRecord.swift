/// A queue, what runs of it, and so whether it can give another job.
struct QueueRecord: Sendable {
    var specification: QueueSpecification
    var status = QueueStatus.open
    var bucket = TokenBucket()
    private(set) var running: UInt32 = 0
    /// Running jobs by concurrency key.
    private(set) var keys: [String: UInt32] = [:]

    init(_ specification: QueueSpecification) {
        self.specification = specification
    }

    /// Jobs that may start now; never more than there are numbers for.
    func room(at now: Timestamp) -> Int {
        if status == .paused { return 0 }
        var room = Int.max
        if let limit = specification.concurrency { room = max(0, Int(limit) - Int(running)) }
        if let rate = specification.rate { room = min(room, bucket.tokens(rate, at: now)) }
        return room
    }

    /// Jobs with the key that may start now, the queue's own limits apart.
    func room(for key: String) -> Int {
        guard let limit = specification.keyConcurrency else { return Int.max }
        return max(0, Int(limit) - Int(keys[key] ?? 0))
    }

    var isLimited: Bool { specification.concurrency != nil || specification.rate != nil }

    mutating func start(key: String?, at now: Timestamp) {
        running += 1
        if let key { keys[key, default: 0] += 1 }
        if let rate = specification.rate { bucket.take(rate, at: now) }
    }

    mutating func end(key: String?) {
        running -= 1
        guard let key, let count = keys[key] else { return }
        keys[key] = count > 1 ? count - 1 : nil
    }
}
