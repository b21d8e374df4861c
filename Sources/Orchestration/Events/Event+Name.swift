extension Event.Body {
    /// The event's name as documents, filters and JSON have it, such as `job.created`.
    public var name: String {
        switch self {
        case .engineOpened: "engine.opened"
        case .logQuarantined: "log.quarantined"
        case .jobCreated: "job.created"
        case .suggestionMade: "suggestion.made"
        case .jobFound: "job.found"
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
        "job.found",
    ]
}

extension Event.Body {
    /// The job that the event touches; nil for one that only names it.
    public var job: JobID? {
        switch self {
        case .engineOpened, .clockJumped, .logQuarantined, .jobFound, .queueConfigured, .queueStatusSet,
            .workerRegistered, .workerDrained, .machineRegistered, .machineStatusSet:
            nil
        case .jobCreated(let job, _), .suggestionMade(let job, _), .suggestionApproved(let job),
            .suggestionRejected(let job), .jobExpired(let job), .jobUnblocked(let job), .jobDue(let job),
            .jobUpdated(let job, _), .leaseRenewed(let job, _), .jobProgressed(let job, _, _),
            .jobSucceeded(let job, _, _), .attemptFailed(let job, _, _), .jobDied(let job, _),
            .leaseExpired(let job, _, _), .jobSnoozed(let job, _, _), .jobReleased(let job, _),
            .jobCancelled(let job, _), .jobCancelRequested(let job, _), .jobDiscarded(let job),
            .jobPruned(let job), .pointsAdded(let job, _, _):
            job
        case .jobDispatched(let dispatched): dispatched.job
        case .jobRetried(let retried): retried.job
        case .jobRedriven(let redriven): redriven.job
        }
    }

    /// The job whole, where the event brings it into being, or back.
    package var specification: JobSpecification? {
        switch self {
        case .jobCreated(_, let specification), .suggestionMade(_, let specification): specification
        case .jobRedriven(let redriven): redriven.specification
        default: nil
        }
    }
}
