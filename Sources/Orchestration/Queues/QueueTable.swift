/// The queues in the order in which they were first named, by a job or by a configuration.
struct QueueTable: Sendable {
    private var index: [Name: UInt32] = [:]
    private(set) var records: [QueueRecord] = []

    func find(_ name: Name) -> UInt32? {
        if let newest = records.last, newest.specification.name == name { return UInt32(records.count - 1) }
        return index[name]
    }

    subscript(queue: UInt32) -> QueueRecord {
        get { records[Int(queue)] }
        _modify { yield &records[Int(queue)] }
    }

    // What every dispatch asks, without a copy of the record.

    func available(in queue: UInt32, at now: Timestamp) -> Int { records[Int(queue)].available(at: now) }

    func available(in queue: UInt32, for key: Name) -> Int { records[Int(queue)].available(for: key) }

    func policy(of queue: UInt32) -> DispatchPolicy { records[Int(queue)].specification.policy }

    /// Whether a start or an end of a job can close or open it.
    func isLimited(_ queue: UInt32) -> Bool { records[Int(queue)].isLimited }

    func rank(in queue: UInt32, _ priority: Int32, since time: Timestamp) -> Int64 {
        records[Int(queue)].specification.rank(priority, since: time)
    }

    func retention(in queue: UInt32, of state: JobState) -> TimeSpan? {
        records[Int(queue)].specification.retention.span(state)
    }

    /// The queue of that name, without limits when it is new.
    mutating func named(_ name: Name) -> UInt32 {
        if let known = find(name) { return known }
        let queue = UInt32(records.count)
        records.append(QueueRecord(QueueSpecification(name: name)))
        index[name] = queue
        return queue
    }
}

/// A queue, what runs of it, and so whether it can give another job.
struct QueueRecord: Sendable {
    var specification: QueueSpecification
    var status = QueueStatus.open
    var bucket = TokenBucket()
    private(set) var running: UInt32 = 0
    /// Running jobs by concurrency key.
    private(set) var keys: [Name: UInt32] = [:]

    init(_ specification: QueueSpecification) {
        self.specification = specification
    }

    /// Jobs that may start now; never more than there are numbers for.
    func available(at now: Timestamp) -> Int {
        if status == .paused { return 0 }
        var available = Int.max
        if let limit = specification.concurrency { available = max(0, Int(limit) - Int(running)) }
        if let rate = specification.rate { available = min(available, bucket.tokens(rate, at: now)) }
        return available
    }

    /// Jobs with the key that may start now, the queue's own limits apart.
    func available(for key: Name) -> Int {
        guard let limit = specification.keyConcurrency else { return Int.max }
        return max(0, Int(limit) - Int(keys[key] ?? 0))
    }

    var isLimited: Bool { specification.concurrency != nil || specification.rate != nil }

    mutating func start(key: Name?, at now: Timestamp) {
        running += 1
        if let key { keys[key, default: 0] += 1 }
        if let rate = specification.rate { bucket.draw(rate, at: now) }
    }

    mutating func end(key: Name?) {
        running -= 1
        guard let key, let count = keys[key] else { return }
        keys[key] = count > 1 ? count - 1 : nil
    }
}

/// A queue as a value to look at.
package struct Queue: Sendable, Hashable {
    package let specification: QueueSpecification
    package let status: QueueStatus
    /// Ready jobs, held ones apart.
    package let ready: Int
    package let running: UInt32
    /// Running jobs by concurrency key.
    package let runningByKey: [Name: UInt32]
    /// Whole tokens as of the last event; nil without a rate.
    package let tokens: Int?

    package var name: Name { specification.name }
}
