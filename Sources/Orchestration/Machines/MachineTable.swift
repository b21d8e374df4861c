/// The machines in the order in which they were registered, and found by name.
struct MachineTable: Sendable {
    private var index: [String: UInt32] = [:]
    private(set) var records: [MachineRecord] = []

    func find(_ name: String) -> UInt32? {
        index[name]
    }

    subscript(machine: UInt32) -> MachineRecord {
        _read { yield records[Int(machine)] }
        _modify { yield &records[Int(machine)] }
    }

    mutating func append(_ record: MachineRecord) {
        index[record.specification.name] = UInt32(records.count)
        records.append(record)
    }
}
