import Orchestration

/// Everything that can be seen of a state against what the oracle knows; and the named invariants of the domain.
enum TrialAudit {
    static func audit(_ state: State, _ oracle: Oracle) throws(Trial.Complaint) {
        for job in oracle.open { try compare(state[job.id], job) }
        for name in oracle.queues.keys { try compare(state.queue(name), name, oracle) }
        for (name, expected) in oracle.workers {
            guard let worker = state.worker(name), worker.specification == expected.specification,
                worker.isDraining == expected.isDraining,
                Int(worker.running) == oracle.open.count(where: { $0.worker == name })
            else { throw complaint("worker \(name)") }
        }
        for (name, expected) in oracle.machines {
            guard let machine = state.machine(name), machine.specification == expected.specification,
                machine.status == expected.status, machine.leasedCPUMillis == oracle.leasedMillis(name)
            else { throw complaint("machine \(name)") }
        }
        guard state.nextTimer == oracle.nextTimer else {
            throw complaint("the next timer is \(text(state.nextTimer)), expected \(text(oracle.nextTimer))")
        }
        for job in oracle.open where job.taskCount > 0 {
            guard state.tasks(of: job.id) == oracle.tally(of: job) else {
                throw complaint("tasks of \(job.id)")
            }
        }
        if let problem = Invariants.problem(in: state) { throw complaint(problem) }
    }

    /// Also the jobs that ended; costs as much as there are jobs.
    static func auditAll(_ state: State, _ oracle: Oracle) throws(Trial.Complaint) {
        try audit(state, oracle)
        for job in oracle.jobs where !job.isOpen {
            let outcome = state.outcome(of: job.id)
            guard state.tasks(of: job.id) == oracle.tally(of: job) else {
                throw complaint("tasks of \(job.id)")
            }
            if job.isPruned {
                guard outcome == nil, state[job.id] == nil else { throw complaint("job \(job.id) is pruned") }
            } else {
                guard outcome?.state == job.state, outcome?.reason == job.reason,
                    outcome?.lastSequence == job.version
                else { throw complaint("job \(job.id) ended as \(text(outcome))") }
            }
        }
    }

    private static func compare(_ found: Job?, _ job: OracleJob) throws(Trial.Complaint) {
        guard let found else { throw complaint("job \(job.id) is not open") }
        let isRunning = job.state == .running
        let checks = [
            ("state", found.state == job.state), ("version", found.lastSequence == job.version),
            ("specification", found.specification == job.specification),
            ("attempts", found.attempts == job.attempts), ("failures", found.failures == job.failures),
            ("crashes", found.crashes == job.crashes), ("token", found.token == job.token),
            ("worker", found.worker == job.worker), ("machine", found.machine == job.machine),
            ("deadline", found.deadline == (isRunning ? job.deadline : nil)),
            ("heartbeat", found.lastHeartbeat == (isRunning ? job.lastHeartbeat : nil)),
            ("told", found.isCancelRequested == job.isTold), ("held", found.isHeld == job.isHeld),
            ("parents", found.waitsFor == job.parents.count),
            ("due", found.due == (job.state == .scheduled ? job.moment : nil)),
            ("ready since", found.readySince == (job.state == .ready ? job.moment : nil)),
            ("series", found.series.allSatisfy { $0.count == job.series[$0.name] }),
        ]
        for (what, isEqual) in checks where !isEqual { throw complaint("the \(what) of \(found)") }
    }

    private static func compare(
        _ found: Queue?,
        _ name: Name,
        _ oracle: Oracle
    ) throws(Trial.Complaint) {
        guard let found, let queue = oracle.queues[name] else { throw complaint("queue \(name) is unknown") }
        let running = oracle.running(in: name)
        var byKey: [Name: UInt32] = [:]
        for job in running { if let key = job.concurrencyKey { byKey[key, default: 0] += 1 } }
        let ready = oracle.open.count { $0.state == .ready && !$0.isHeld && $0.queue == name }
        guard found.specification == queue.specification, found.status == queue.status,
            Int(found.running) == running.count, found.runningByKey == byKey, found.ready == ready,
            found.tokens == queue.tokens(at: oracle.now)
        else { throw complaint("\(found)") }
    }

    private static func complaint(_ description: String) -> Trial.Complaint {
        Trial.Complaint(description: "not as expected: \(description)")
    }

    private static func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "none" }
}
