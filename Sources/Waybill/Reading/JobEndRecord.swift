import Orchestration

/// How a job ended, as the last events of its history tell it.
struct JobEndRecord: Sendable {
    private(set) var time = Timestamp.zero
    private(set) var result: Payload?
    private(set) var deathReason: String?
    /// The lease that ended with the job.
    private(set) var lease: LeaseToken?
    /// Who held that lease.
    var worker: String?
    private var hasEnd = false

    /// Takes the events backwards; false when no earlier one says more.
    mutating func see(_ event: Event) -> Bool {
        if hasEnd {
            // The attempt with whose loss the job ended stands right before that.
            if event.body.endsLease { lease = event.body.lease }
            return false
        }
        switch event.body {
        // It had ended before.
        case .jobDiscarded: return true
        case .jobSucceeded(_, let token, let result):
            (self.result, lease) = (result, token)
            time = event.time
            return false
        case .jobDied(_, let reason):
            deathReason = reason
        default: break
        }
        (time, hasEnd) = (event.time, true)
        return event.cause != 0
    }
}
