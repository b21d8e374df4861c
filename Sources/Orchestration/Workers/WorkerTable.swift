/// The workers by name, in the order of their first registration or lease.
struct WorkerTable: Sendable {
    struct Record: Sendable {
        let name: Name
        var specification: WorkerSpecification?
        var lastSequence: UInt64 = 0
        var running: UInt32 = 0
        var isDraining = false

        /// Leases that it can take, of `wanted`.
        func available(_ wanted: Int) -> Int {
            if isDraining { return 0 }
            guard let slots = specification?.slots else { return wanted }
            return min(wanted, max(0, Int(slots) - Int(running)))
        }
    }

    private var index: [Name: UInt32] = [:]
    private(set) var records: [Record] = []

    func find(_ name: Name) -> UInt32? {
        index[name]
    }

    subscript(worker: UInt32) -> Record {
        _read { yield records[Int(worker)] }
        _modify { yield &records[Int(worker)] }
    }

    /// 0 for a worker that is not known yet.
    func lastSequence(_ worker: UInt32?) -> UInt64 {
        guard let worker else { return 0 }
        return records[Int(worker)].lastSequence
    }

    /// The place of a worker whose name is new.
    mutating func append(_ name: Name) -> UInt32 {
        let worker = UInt32(records.count)
        records.append(Record(name: name))
        index[name] = worker
        return worker
    }
}

/// A worker as a value to look at.
package struct Worker: Sendable, Hashable {
    package let name: Name
    /// Nil for one that never registered.
    package let specification: WorkerSpecification?
    /// Jobs that it holds.
    package let running: UInt32
    package let isDraining: Bool
    /// The sequence of its last event.
    package let lastSequence: UInt64
}
