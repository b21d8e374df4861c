public import Orchestration

// The words that JSON, tables and options use. Written out, so that renaming a case changes no output.

extension JobState {
    public var name: String {
        switch self {
        case .proposed: "proposed"
        case .blocked: "blocked"
        case .scheduled: "scheduled"
        case .ready: "ready"
        case .running: "running"
        case .succeeded: "succeeded"
        case .dead: "dead"
        case .cancelled: "cancelled"
        }
    }
}

extension CancellationReason {
    public var name: String {
        switch self {
        case .cancelled: "cancelled"
        case .rejected: "rejected"
        case .expired: "expired"
        case .discarded: "discarded"
        }
    }
}

extension MachineStatus {
    public var name: String {
        switch self {
        case .available: "available"
        case .cordoned: "cordoned"
        case .maintenance: "maintenance"
        }
    }
}

extension DispatchPolicy {
    public var name: String {
        switch self {
        case .fifo: "fifo"
        }
    }
}

extension ClockKind {
    public var name: String {
        switch self {
        case .wall: "wall"
        case .virtual: "virtual"
        }
    }
}
