/// What a job needs of a machine.
///
/// Only `cpuMillis` and `machine` decide a dispatch so far; the rest is recorded.
public struct Requirements: Hashable, Sendable {
    /// Thousandths of a processor; 0 asks for nothing.
    public var cpuMillis: UInt64
    /// Megabytes of memory; 0 asks for nothing.
    public var memoryMegabytes: UInt64
    /// Thousandths of one device, asked of each of `gpuDevices` devices.
    public var gpuMillis: UInt64
    /// Devices; 0 asks for none.
    public var gpuDevices: UInt64
    /// Acceptable models; empty accepts any.
    public var gpuModels: [Name]
    /// Labels that the machine has to have.
    public var labels: [Name]
    /// The one machine that may run it.
    public var machine: Name?

    /// Needs nothing, unless something is named.
    public init(
        cpuMillis: UInt64 = 0,
        memoryMegabytes: UInt64 = 0,
        gpuMillis: UInt64 = 0,
        gpuDevices: UInt64 = 0,
        gpuModels: [Name] = [],
        labels: [Name] = [],
        machine: Name? = nil
    ) {
        self.cpuMillis = cpuMillis
        self.memoryMegabytes = memoryMegabytes
        self.gpuMillis = gpuMillis
        self.gpuDevices = gpuDevices
        self.gpuModels = gpuModels
        self.labels = labels
        self.machine = machine
    }
}
