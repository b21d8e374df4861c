package import Orchestration
package import Waybill

// The words that JSON, tables and options use, in camelCase. Written out, so that renaming a case changes no output.

extension JobState {
    package var name: String {
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
    package var name: String {
        switch self {
        case .cancelled: "cancelled"
        case .rejected: "rejected"
        case .expired: "expired"
        case .discarded: "discarded"
        }
    }
}

extension MachineStatus {
    package var name: String {
        switch self {
        case .available: "available"
        case .cordoned: "cordoned"
        case .maintenance: "maintenance"
        }
    }
}

extension DispatchPolicy {
    package var name: String {
        switch self {
        case .fifo: "fifo"
        case .priority: "priority"
        case .directed: "directed"
        }
    }
}

extension QueueStatus {
    package var name: String {
        switch self {
        case .open: "open"
        case .paused: "paused"
        case .draining: "draining"
        }
    }
}

extension ClashRule {
    package var name: String {
        switch self {
        case .refuse: "refuse"
        case .existing: "existing"
        }
    }
}

extension ParentFailureRule {
    package var name: String {
        switch self {
        case .fail: "fail"
        case .ignore: "ignore"
        case .wait: "wait"
        }
    }
}

extension ClockKind {
    package var name: String {
        switch self {
        case .wall: "wall"
        case .virtual: "virtual"
        }
    }
}

extension DeadLetter.Cause {
    package var name: String {
        switch self {
        case .failure: "failure"
        case .crash: "crash"
        case .parent: "parent"
        case .task: "task"
        }
    }
}
