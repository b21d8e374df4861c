public import Orchestration

/// A machine with what its leases use of it.
public struct MachineSummary: Sendable, Hashable {
    public let specification: MachineSpecification
    public let status: MachineStatus
    public let leases: Int
    public let leasedCPUMillis: UInt64

    public var name: String { specification.name }
    /// Derived: whether any job runs on it.
    public var isBusy: Bool { leases > 0 }
}
