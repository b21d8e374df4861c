/// The workers by the name under which they asked for work; known from their first lease on.
struct WorkerTable: Sendable {
    struct Record: Sendable {
        let name: String
        var lastSequence: UInt64
    }

    private var index: [String: UInt32] = [:]
    private(set) var records: [Record] = []

    func find(_ name: String) -> UInt32? {
        index[name]
    }

    subscript(worker: UInt32) -> Record {
        _read { yield records[Int(worker)] }
        _modify { yield &records[Int(worker)] }
    }

    /// 0 for a worker that never had a lease.
    func lastSequence(_ worker: UInt32?) -> UInt64 {
        guard let worker else { return 0 }
        return records[Int(worker)].lastSequence
    }

    /// The place of a worker whose name is new.
    mutating func append(_ name: String) -> UInt32 {
        let worker = UInt32(records.count)
        records.append(Record(name: name, lastSequence: 0))
        index[name] = worker
        return worker
    }
}
