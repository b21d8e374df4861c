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

    /// The queue of that name, without limits when it is new.
    mutating func named(_ name: String) -> UInt32 {
        if let known = find(name) { return known }
        let queue = UInt32(records.count)
        records.append(QueueRecord(QueueSpecification(name: name)))
        index[name] = queue
        return queue
    }
}
