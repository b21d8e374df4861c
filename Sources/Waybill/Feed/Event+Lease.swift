import Orchestration

extension Event.Body {
    /// The lease that an event of a worker's speaks of; its counter is the sequence of the dispatch.
    var lease: LeaseToken? {
        switch self {
        case .jobSucceeded(_, .absent, _): nil
        case .leaseRenewed(_, let token), .jobProgressed(_, let token, _), .jobSucceeded(_, let token, _),
            .attemptFailed(_, let token, _), .leaseExpired(_, let token, _), .jobSnoozed(_, let token, _),
            .jobReleased(_, let token):
            token
        default: nil
        }
    }

    /// The worker that the event names.
    var worker: Name? {
        switch self {
        case .jobDispatched(let dispatched): dispatched.worker
        case .workerRegistered(let worker): worker.name
        case .workerDrained(let name): name
        default: nil
        }
    }

    /// Whether nothing of the lease comes after it.
    var endsLease: Bool {
        switch self {
        case .leaseRenewed, .jobProgressed: false
        default: lease != nil
        }
    }
}
