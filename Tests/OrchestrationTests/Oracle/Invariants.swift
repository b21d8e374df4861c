import Orchestration

/// The domain's invariants, each by its number, read off one state or one finished log and nothing else.
enum Invariants {
    /// I1, I4, I5 and I11 of a state.
    ///
    /// I5 in the form that limits which fell below what runs already let through: nothing new starts above a limit, which
    /// the oracle holds against each dispatch.
    static func problem(in state: State) -> String? {
        var leased: [Name: UInt64] = [:]
        var tokens: Set<LeaseToken> = []
        var running: [Name: UInt32] = [:]
        for number in 0..<state.jobCount {
            guard let job = state[JobID(number + 1)], job.state == .running else { continue }
            guard let token = job.token, tokens.insert(token).inserted, job.worker != nil,
                state.holder(of: token)?.id == job.id
            else { return "I1: job \(job.id) runs without a live lease of its own" }
            guard let deadline = job.deadline, let timer = state.nextTimer, timer <= deadline else {
                return "I11: job \(job.id) runs without a deadline"
            }
            running[job.specification.queue, default: 0] += 1
            if let machine = job.machine {
                leased[machine, default: 0] += job.specification.requirements.cpuMillis
            }
        }
        if tokens.count != state.runningCount { return "I1: \(state.runningCount) leases" }
        for machine in state.machineList {
            let used = leased[machine.specification.name] ?? 0
            if used != machine.leasedCPUMillis || used > machine.specification.cpuMillis {
                return "I4: \(machine.specification.name) has \(used) leased"
            }
        }
        for queue in state.queueList where queue.running != running[queue.name] ?? 0 {
            return "I5: queue \(queue.name) counts \(queue.running) running jobs"
        }
        return nil
    }

    /// I2, I3 and the back-links of a finished log.
    static func problem(in log: [Event]) -> String? {
        var newest = LeaseToken(epoch: 0, counter: 0)
        var live: [JobID: LeaseToken] = [:]
        var last: [JobID: UInt64] = [:]
        var ended: Set<JobID> = []
        for event in log {
            if case .jobDispatched(let lease) = event.body {
                if lease.token <= newest { return "I2: token \(lease.token) does not grow" }
                newest = lease.token
                live[lease.job] = lease.token
            }
            if let token = event.body.spokenToken, let job = event.body.job, live[job] != token {
                return "I2: event \(event.sequence) speaks for a lease that is not the newest"
            }
            guard let job = event.body.job else { continue }
            if event.links.job != last[job] ?? 0 { return "event \(event.sequence) has a false link" }
            last[job] = event.sequence
            switch event.body {
            case .jobRedriven: ended.remove(job)
            case .jobDiscarded, .jobPruned: break
            default: if ended.contains(job) { return "I3: event \(event.sequence) follows an end" }
            }
            if event.body.endsJob { ended.insert(job) }
        }
        return nil
    }
}

extension Event.Body {
    /// The lease in whose name it is.
    fileprivate var spokenToken: LeaseToken? {
        switch self {
        case .jobSucceeded(_, .absent, _): nil
        case .leaseRenewed(_, let token), .jobProgressed(_, let token, _), .jobSucceeded(_, let token, _),
            .attemptFailed(_, let token, _), .leaseExpired(_, let token, _), .jobSnoozed(_, let token, _),
            .jobReleased(_, let token):
            token
        default: nil
        }
    }

    fileprivate var endsJob: Bool {
        switch self {
        case .jobSucceeded, .jobDied, .jobCancelled, .suggestionRejected, .jobExpired: true
        default: false
        }
    }
}
