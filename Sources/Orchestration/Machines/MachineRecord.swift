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
