extension Event.Body {
    /// The event's name as documents, filters and JSON have it, such as `job.created`.
    public var name: String {
        switch self {
        case .engineOpened: "engine.opened"
        case .logQuarantined: "log.quarantined"
        case .jobCreated: "job.created"
        case .suggestionMade: "suggestion.made"
        case .suggestionApproved: "suggestion.approved"
        case .suggestionRejected: "suggestion.rejected"
        case .jobExpired: "job.expired"
        case .jobDue: "job.due"
        case .jobDispatched: "job.dispatched"
        case .jobSucceeded: "job.succeeded"
        case .attemptFailed: "attempt.failed"
        case .jobRetried: "job.retried"
        case .jobDied: "job.died"
        case .leaseExpired: "lease.expired"
        case .jobCancelled: "job.cancelled"
        case .jobCancelRequested: "job.cancelRequested"
        case .pointsAdded: "points.added"
        case .jobUnblocked: "job.unblocked"
        case .jobUpdated: "job.updated"
        case .leaseRenewed: "lease.renewed"
        case .jobProgressed: "job.progressed"
        case .jobSnoozed: "job.snoozed"
        case .jobReleased: "job.released"
        case .jobRedriven: "job.redriven"
        case .jobDiscarded: "job.discarded"
        case .jobPruned: "job.pruned"
        case .queueConfigured: "queue.configured"
        case .queueStatusSet: "queue.statusSet"
        case .workerRegistered: "worker.registered"
        case .workerDrained: "worker.drained"
        case .clockJumped: "clock.jumped"
        case .machineRegistered: "machine.registered"
        case .machineStatusSet: "machine.statusSet"
        }
    }

    /// Every name there is.
    public static let names = [
        "engine.opened", "log.quarantined", "job.created", "suggestion.made", "suggestion.approved",
        "suggestion.rejected", "job.expired", "job.due", "job.dispatched", "job.succeeded", "attempt.failed",
        "job.retried", "job.died", "lease.expired", "job.cancelled", "job.cancelRequested", "points.added",
        "machine.registered", "machine.statusSet", "job.unblocked", "job.updated", "lease.renewed",
        "job.progressed", "job.snoozed", "job.released", "job.redriven", "job.discarded", "job.pruned",
        "queue.configured", "queue.statusSet", "worker.registered", "worker.drained", "clock.jumped",
    ]
}
