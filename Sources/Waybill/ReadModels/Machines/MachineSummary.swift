public import Orchestration

/// A machine with what its leases use of it.
public struct MachineSummary: Sendable, Hashable {
    /// What it has.
    public let specification: MachineSpecification
    /// Whether it takes jobs.
    public let status: MachineStatus
    /// Jobs that run on it.
    public let leases: Int
    /// Thousandths of a core that they asked for.
    public let leasedCPUMillis: UInt64

    /// What jobs and people call it.
    public var name: String { specification.name }
    /// Derived: whether any job runs on it.
    public var isBusy: Bool { leases > 0 }
}
