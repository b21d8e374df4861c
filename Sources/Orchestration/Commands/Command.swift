/// Everything that callers can ask of the engine to change.
public enum Command: Sendable, Hashable {
    case create(JobSpecification)
    /// All or none.
    case createMany([JobSpecification])
    case suggest(JobSpecification)
    /// All or none.
    case approve([JobID])
    /// All or none.
    case reject([JobID])
    case dispatch(Dispatch)
    case complete(Holder, result: Payload)
    /// Independent of each other: an outcome each.
    case completeMany([Completion])
    case fail(Holder, Failure)
    /// All or none.
    case cancel([JobID])
    case addPoints(JobID, series: String, points: [Point])
    case registerMachine(MachineSpecification)
    case setMachineStatus(name: String, MachineStatus)
}
