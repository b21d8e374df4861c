extension Refusal {
    /// What kind of refusal it is, without the job, the field or the numbers in it: what scripts decide by, and what
    /// counts are kept by.
    ///
    /// The names are those of the life cycle's table, in camelCase.
    public var name: String {
        switch self {
        case .notFound: "notFound"
        case .machineNotFound: "machineNotFound"
        case .machineExists: "machineExists"
        case .workerNotFound: "workerNotFound"
        case .queueUnknown: "queueUnknown"
        case .queueDraining: "queueDraining"
        case .wrongState: "wrongState"
        case .held: "held"
        case .limitReached: "limitReached"
        case .workerIsFull: "workerIsFull"
        case .noCapacity: "noCapacity"
        case .approvalNeeded: "approvalNeeded"
        case .payloadGone: "payloadGone"
        case .keyReused: "keyReused"
        case .tooManyKeys: "tooManyKeys"
        case .duplicate: "duplicate"
        case .alreadyDecided: "alreadyDecided"
        case .alreadyEnded: "alreadyEnded"
        case .notRunning: "notRunning"
        case .leaseLost: "leaseLost"
        case .versionConflict: "versionConflict"
        case .payloadTooLarge: "payloadTooLarge"
        case .commandTooLarge: "commandTooLarge"
        case .invalid: "invalid"
        case .member(_, let refusal): refusal.name
        }
    }

    /// What was said to the command itself, whether it came alone or in a group.
    public var root: Refusal {
        if case .member(_, let refusal) = self { refusal.root } else { self }
    }
}
