/// A machine that jobs are placed on.
public struct MachineSpecification: Sendable, Hashable {
    /// What jobs and people call it.
    public var name: Name
    /// Thousandths of a core.
    public var cpuMillis: UInt64
    /// Recorded, and not yet weighed.
    public var memoryMegabytes: UInt64
    /// Recorded, and not yet weighed, as are the model and the labels.
    public var gpuDevices: UInt64
    /// What its devices are; empty when nobody says.
    public var gpuModel: Name
    /// Short texts about it.
    public var labels: [Name]
    /// Free key/value texts.
    public var attributes: [Name: String]

    /// A machine of so many thousandths of a core; the rest is only recorded.
    public init(
        name: Name,
        cpuMillis: UInt64,
        memoryMegabytes: UInt64 = 0,
        gpuDevices: UInt64 = 0,
        gpuModel: Name = "",
        labels: [Name] = [],
        attributes: [Name: String] = [:]
    ) {
        self.name = name
        self.cpuMillis = cpuMillis
        self.memoryMegabytes = memoryMegabytes
        self.gpuDevices = gpuDevices
        self.gpuModel = gpuModel
        self.labels = labels
        self.attributes = attributes
    }
}

/// What is stored of a machine's condition; busy is derived from its leases.
public enum MachineStatus: UInt8, CaseIterable, Sendable {
    /// It takes jobs.
    case available = 1
    /// It takes no new jobs, and keeps what runs on it.
    case cordoned = 2
    /// The same, and people work on it.
    case maintenance = 3
}
