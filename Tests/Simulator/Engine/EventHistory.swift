import Orchestration

/// What must be true of any log's events, whoever wrote them: looked at from outside, without a state.
///
/// Tokens and epochs only grow (I2), nothing follows the end of a job but what may (I3), limits of queues, keys and
/// workers hold (I5), back-links name the job's event before, a quarantined file has one event.
struct EventHistory {
    private(set) var leases: [LeaseToken: JobID] = [:]
    private(set) var quarantined: Set<String> = []
    private var newest = LeaseToken(epoch: 0, counter: 0)
    private var epoch: UInt64 = 0
    private var lastEvent: [JobID: UInt64] = [:]
    private var ended: Set<JobID> = []
    private var limits = LimitHistory()
    private(set) var pruned: Set<JobID> = []
    /// The sequences of each job's last redrive, and of the last event that held or unheld it.
    private var redrives: [JobID: UInt64] = [:]
    private(set) var holds: [JobID: UInt64] = [:]

    init() {}

    init(_ batches: [[Event]]) throws(Recovery.Complaint) {
        for events in batches { try see(events) }
    }

    mutating func see(_ events: [Event]) throws(Recovery.Complaint) {
        for event in events {
            if let problem = take(event) {
                throw Recovery.Complaint(description: "event \(event.sequence): \(problem)")
            }
        }
    }

    func isRedriven(_ job: JobID, after sequence: UInt64) -> Bool { redrives[job] ?? 0 > sequence }

    private mutating func take(_ event: Event) -> String? {
        switch event.body {
        case .engineOpened(let opened):
            if opened.epoch <= epoch { return "epoch \(opened.epoch) is not new" }
            epoch = opened.epoch
        case .logQuarantined(let file):
            if !quarantined.insert(file.file).inserted { return "\(file.file) is recorded twice" }
        case .jobDispatched(let lease):
            if lease.token <= newest { return "token \(lease.token) does not grow" }
            if lease.token.epoch != epoch { return "token \(lease.token) in epoch \(epoch)" }
            newest = lease.token
            leases[lease.token] = lease.job
        default: break
        }
        if let problem = limits.see(event.body) { return problem }
        return event.body.job.flatMap { follow($0, event) }
    }

    private mutating func follow(_ job: JobID, _ event: Event) -> String? {
        if pruned.contains(job) { return "job \(job) was pruned" }
        if ended.contains(job) != event.body.followsEnd { return "job \(job) had ended or not" }
        if event.links.job != lastEvent[job] ?? 0 { return "job \(job) is linked to \(event.links.job)" }
        lastEvent[job] = event.sequence
        if event.body.endsJob { ended.insert(job) }
        switch event.body {
        case .jobRedriven:
            ended.remove(job)
            redrives[job] = event.sequence
        case .jobUpdated(_, let change) where change.isHeld != nil: holds[job] = event.sequence
        case .jobPruned: pruned.insert(job)
        default: break
        }
        return nil
    }
}

extension Event.Body {
    /// Whether it happens to jobs that have ended, and only to them.
    fileprivate var followsEnd: Bool {
        switch self {
        case .jobRedriven, .jobDiscarded, .jobPruned: true
        default: false
        }
    }

    fileprivate var endsJob: Bool {
        switch self {
        case .jobSucceeded, .jobDied, .jobCancelled, .suggestionRejected, .jobExpired: true
        default: false
        }
    }
}
