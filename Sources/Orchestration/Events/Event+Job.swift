extension Event.Body {
    /// The job that the event touches.
    public var job: JobID? {
        switch self {
        case .engineOpened, .logQuarantined, .machineRegistered, .machineStatusSet: nil
        case .jobCreated(let job, _), .suggestionMade(let job, _), .suggestionApproved(let job),
            .suggestionRejected(let job), .jobExpired(let job), .jobDue(let job),
            .jobSucceeded(let job, _, _), .attemptFailed(let job, _, _), .jobDied(let job, _),
            .leaseExpired(let job, _), .jobCancelled(let job, _), .jobCancelRequested(let job, _),
            .pointsAdded(let job, _, _):
            job
        case .jobDispatched(let dispatched): dispatched.job
        case .jobRetried(let retried): retried.job
        }
    }
}
