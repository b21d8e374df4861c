/// A machine as a value to look at.
///
/// Busy is what has leases.
public struct Machine: Sendable, Hashable {
    public let specification: MachineSpecification
    public let status: MachineStatus
    public let leasedCPUMillis: UInt64
    /// The sequence of its last event.
    public let lastSequence: UInt64
}
