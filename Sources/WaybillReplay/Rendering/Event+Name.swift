public import Orchestration

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
        case .machineRegistered: "machine.registered"
        case .machineStatusSet: "machine.statusSet"
        }
    }

    /// Every name there is.
    public static let names = [
        "engine.opened", "log.quarantined", "job.created", "suggestion.made", "suggestion.approved",
        "suggestion.rejected", "job.expired", "job.due", "job.dispatched", "job.succeeded", "attempt.failed",
        "job.retried", "job.died", "lease.expired", "job.cancelled", "job.cancelRequested", "points.added",
        "machine.registered", "machine.statusSet",
    ]

    /// The job that the event touches.
    public var job: JobID? {
        switch self {
        case .engineOpened, .logQuarantined, .machineRegistered, .machineStatusSet: nil
        case .jobCreated(let job, _), .suggestionMade(let job, _), .suggestionApproved(let job),
            .suggestionRejected(let job), .jobExpired(let job), .jobDue(let job),
            .jobSucceeded(let job, _, _),
            .attemptFailed(let job, _, _), .jobDied(let job, _), .leaseExpired(let job, _),
            .jobCancelled(let job, _),
            .jobCancelRequested(let job, _), .pointsAdded(let job, _, _):
            job
        case .jobDispatched(let dispatched): dispatched.job
        case .jobRetried(let retried): retried.job
        }
    }
}
