public import Orchestration
public import Waybill

// The words that JSON, tables and options use, in camelCase. Written out, so that renaming a case changes no output.

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
        case .priority: "priority"
        case .directed: "directed"
        }
    }
}

extension QueueStatus {
    public var name: String {
        switch self {
        case .open: "open"
        case .paused: "paused"
        case .draining: "draining"
        }
    }
}

extension ClashRule {
    public var name: String {
        switch self {
        case .refuse: "refuse"
        case .existing: "existing"
        }
    }
}

extension ParentFailureRule {
    public var name: String {
        switch self {
        case .fail: "fail"
        case .ignore: "ignore"
        case .wait: "wait"
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

extension DeadLetter.Cause {
    public var name: String {
        switch self {
        case .failure: "failure"
        case .crash: "crash"
        case .parent: "parent"
        case .task: "task"
        }
    }
}
