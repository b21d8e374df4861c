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
