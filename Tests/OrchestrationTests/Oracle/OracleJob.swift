import Orchestration

/// One job as the table of states tells of it, with everything that its next step hangs on.
final class OracleJob {
    let id: JobID
    var state = JobState.proposed
    var reason: CancellationReason?
    var isPruned = false
    /// The sequence of its last event.
    var version: UInt64
    /// Sequence and time of its creation, approval or redrive.
    var order: UInt64
    var since: Timestamp
    /// Since when, or until when, it is in its state.
    var moment: Timestamp
    /// Its place in the dispatch order, fixed when it became ready, in microseconds.
    var isHeld = false
    var origin = FinishedJobSnapshot.Origin.created

    var attempts: UInt32 = 0
    var failures: UInt32 = 0
    var crashes: UInt32 = 0
    var token: LeaseToken?
    var worker: Name?
    var machine: Name?
    var started = Timestamp.zero
    var leaseLength = TimeSpan.zero
    /// Of this process only.
    var lastHeartbeat: Timestamp?
    var isTold = false
    var rearms = 0

    /// Jobs, or tasks, that it waits for, and those of them whose end was fatal.
    var parents: Set<JobID> = []
    var fatalParents: [JobID] = []

    /// When the key that it took at its birth is free again at the latest; nil for at its end.
    var keyUntil: Timestamp?
    var isKeyHolder = false
    var pruneAt: Timestamp?
    var series: [Name: UInt64] = [:]

    // Read once: taking a specification apart is slow where nothing is optimized.
    private(set) var specification: JobSpecification
    let kind: Name
    let queue: Name
    private(set) var priority: Int32 = 0
    private(set) var runAt: Timestamp?
    private(set) var cpuMillis: UInt64 = 0
    private(set) var pinned: Name?
    let expiresAt: Timestamp?
    let uniqueKey: Name?
    let concurrencyKey: Name?
    let retry: RetryPolicy
    let timeouts: Timeouts
    let after: [JobID]
    let rule: ParentFailureRule
    /// The tasks of a parent have the numbers behind its own.
    let taskCount: Int
    let taskRule: ParentFailureRule
    let parent: JobID?
    /// Of the command that created it, or redrove it last.
    var traceparent: String?

    init(_ id: JobID, _ specification: JobSpecification, sequence: UInt64, at time: Timestamp) {
        self.id = id
        self.specification = specification
        version = sequence
        order = sequence
        since = time
        moment = time
        kind = specification.kind
        queue = specification.queue
        expiresAt = specification.expiresAt
        uniqueKey = specification.uniqueKey
        concurrencyKey = specification.concurrencyKey
        retry = specification.retry
        timeouts = specification.timeouts
        after = specification.after
        rule = specification.onParentFailure
        taskCount = Int(specification.taskCount)
        taskRule = specification.onTaskFailure
        parent = specification.parent
        if uniqueKey != nil { keyUntil = specification.uniqueWindow.map { time + $0 } }
        readChangeable()
    }

    init(copying job: OracleJob) {
        (id, specification, traceparent) = (job.id, job.specification, job.traceparent)
        (kind, queue, expiresAt, after) = (job.kind, job.queue, job.expiresAt, job.after)
        (uniqueKey, concurrencyKey) = (job.uniqueKey, job.concurrencyKey)
        (retry, timeouts, rule) = (job.retry, job.timeouts, job.rule)
        (taskCount, taskRule, parent) = (job.taskCount, job.taskRule, job.parent)
        (priority, runAt, cpuMillis, pinned) = (job.priority, job.runAt, job.cpuMillis, job.pinned)
        (state, reason, isPruned, isHeld, origin) = (
            job.state, job.reason, job.isPruned, job.isHeld, job.origin
        )
        (version, order, since, moment) = (job.version, job.order, job.since, job.moment)
        (attempts, failures, crashes, rearms) = (job.attempts, job.failures, job.crashes, job.rearms)
        (token, worker, machine, started) = (job.token, job.worker, job.machine, job.started)
        (leaseLength, lastHeartbeat, isTold) = (job.leaseLength, job.lastHeartbeat, job.isTold)
        (parents, fatalParents, series) = (job.parents, job.fatalParents, job.series)
        (keyUntil, isKeyHolder, pruneAt) = (job.keyUntil, job.isKeyHolder, job.pruneAt)
    }

    func change(_ change: JobChange) {
        if let priority = change.priority { specification.priority = priority }
        if let runAt = change.runAt { specification.runAt = runAt }
        if let tags = change.tags { specification.tags = tags }
        if let attributes = change.attributes { specification.attributes = attributes }
        if let requirements = change.requirements { specification.requirements = requirements }
        if let isHeld = change.isHeld { self.isHeld = isHeld }
        readChangeable()
    }

    private func readChangeable() {
        priority = specification.priority
        runAt = specification.runAt
        let requirements = specification.requirements
        cpuMillis = requirements.cpuMillis
        pinned = requirements.machine
    }
}

extension OracleJob {
    var isWaiting: Bool { state == .blocked || state == .scheduled || state == .ready }
    var isOpen: Bool { !state.isTerminal }
    var totalEnd: Timestamp? { timeouts.total.map { since + $0 } }

    /// When the lease ends, or the job is forced to.
    var deadline: Timestamp {
        guard !isTold, let lastHeartbeat else { return moment }
        return max(moment, lastHeartbeat + leaseLength)
    }

    /// When time alone ends what it does, whatever it waits for.
    var end: Timestamp? {
        var ends: [Timestamp] = []
        if state == .running {
            if let run = timeouts.run { ends.append(started + run) }
        } else if let expiresAt {
            ends.append(expiresAt)
        }
        if state != .proposed, let totalEnd { ends.append(totalEnd) }
        return ends.min()
    }

    /// When time, or what became of its parents, leads it on.
    var due: Timestamp? {
        switch state {
        case .scheduled: moment
        case .running: deadline
        case .blocked where parents.isEmpty || !fatalParents.isEmpty: moment
        default: nil
        }
    }

    /// The earlier of the two.
    var timer: Timestamp? {
        guard let due, let end else { return due ?? end }
        return min(due, end)
    }
}
