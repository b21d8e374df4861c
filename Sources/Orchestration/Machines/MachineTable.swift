/// The machines in the order in which they were registered, and found by name.
struct MachineTable: Sendable {
    private var index: [Name: UInt32] = [:]
    private(set) var records: [MachineRecord] = []

    func find(_ name: Name) -> UInt32? {
        index[name]
    }

    subscript(machine: UInt32) -> MachineRecord {
        _read { yield records[Int(machine)] }
        _modify { yield &records[Int(machine)] }
    }

    /// The machine that a lease is charged to, when it has the room and the event follows its last one.
    func charged(_ lease: JobDispatched, _ cpuMillis: UInt64, _ event: Event) throws(ApplyError) -> UInt32? {
        guard let name = lease.machine else {
            guard event.links.machine == 0 else { throw event.contradiction("a link to no machine") }
            return nil
        }
        guard let machine = find(name) else { throw event.contradiction("machine \(name) is unknown") }
        guard self[machine].fits(cpuMillis, pending: 0) else {
            throw event.contradiction("machine \(name) has no room for job \(lease.job)")
        }
        guard self[machine].lastSequence == event.links.machine else {
            throw event.contradiction("machine \(name) was last touched by \(self[machine].lastSequence)")
        }
        return machine
    }

    mutating func append(_ record: MachineRecord) {
        index[record.specification.name] = UInt32(records.count)
        records.append(record)
    }
}

/// A machine, its stored condition and what is leased of it.
struct MachineRecord: Sendable {
    var specification: MachineSpecification
    var status = MachineStatus.available
    var leasedCPUMillis: UInt64 = 0
    var lastSequence: UInt64

    /// Whether a job that asks for so much can start beside what runs and what `pending` adds to it.
    func fits(_ cpuMillis: UInt64, pending: UInt64) -> Bool {
        let capacity = specification.cpuMillis
        guard status == .available, pending <= capacity, leasedCPUMillis <= capacity - pending else {
            return false
        }
        return cpuMillis <= capacity - pending - leasedCPUMillis
    }
}

/// A machine as a value to look at.
///
/// Busy is what has leases.
package struct Machine: Sendable, Hashable {
    package let specification: MachineSpecification
    package let status: MachineStatus
    package let leasedCPUMillis: UInt64
    /// The sequence of its last event.
    package let lastSequence: UInt64
}
