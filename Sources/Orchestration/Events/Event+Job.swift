extension Event.Body {
    /// The job that the event touches.
    public var job: JobID? {
        switch self {
        case .engineOpened, .clockJumped, .logQuarantined, .queueConfigured, .queueStatusSet,
            .workerRegistered,
            .workerDrained, .machineRegistered, .machineStatusSet:
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
