/// The queues in the order in which they were first named, by a job or by a configuration.
struct QueueTable: Sendable {
    private var index: [String: UInt32] = [:]
    private(set) var records: [QueueRecord] = []

    func find(_ name: String) -> UInt32? {
        if let newest = records.last, newest.specification.name == name { return UInt32(records.count - 1) }
        return index[name]
    }

    subscript(queue: UInt32) -> QueueRecord {
        get { records[Int(queue)] }
        _modify { yield &records[Int(queue)] }
    }

    // What every dispatch asks, without a copy of the record.

    func room(in queue: UInt32, at now: Timestamp) -> Int { records[Int(queue)].room(at: now) }

    func room(in queue: UInt32, for key: String) -> Int { records[Int(queue)].room(for: key) }

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
    mutating func named(_ name: String) -> UInt32 {
        if let known = find(name) { return known }
        let queue = UInt32(records.count)
        records.append(QueueRecord(QueueSpecification(name: name)))
        index[name] = queue
        return queue
    }
}
