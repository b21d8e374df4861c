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

    /// The worker's place, made when the name is new.
    mutating func intern(_ name: String) -> UInt32 {
        if let known = index[name] { return known }
        let worker = UInt32(records.count)
        records.append(Record(name: name, lastSequence: 0))
        index[name] = worker
        return worker
    }
}
