/// A machine that jobs are placed on.
public struct MachineSpecification: Sendable, Hashable {
    public var name: String
    /// Thousandths of a core.
    public var cpuMillis: UInt64
    /// Recorded, and not yet weighed.
    public var memoryMegabytes: UInt64
    /// Recorded, and not yet weighed, as are the model and the labels.
    public var gpuDevices: UInt64
    public var gpuModel: String
    public var labels: [String]
    public var attributes: [String: String]

    public init(
        name: String,
        cpuMillis: UInt64,
        memoryMegabytes: UInt64 = 0,
        gpuDevices: UInt64 = 0,
        gpuModel: String = "",
        labels: [String] = [],
        attributes: [String: String] = [:]
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
    case available = 1
    case cordoned = 2
    case maintenance = 3
}
