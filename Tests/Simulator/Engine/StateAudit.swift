import Orchestration

/// The invariants of the domain, counted anew from the jobs and machines of one state.
enum StateAudit {
    static func audit(_ state: borrowing State) throws(Recovery.Complaint) {
        if let problem = problem(state) {
            throw Recovery.Complaint(description: "the state at \(state.lastSequence): \(problem)")
        }
    }

    /// I1: one lease a job; I4: machines are not overfull; I11: whoever runs has a deadline and a timer.
    private static func problem(_ state: borrowing State) -> String? {
        var leased: [String: UInt64] = [:]
        var tokens: Set<LeaseToken> = []
        var (open, ready) = (0, 0)
        let timer = state.nextTimer
        for number in 0..<state.jobCount {
            let id = JobID(number + 1)
            guard let job = state[id] else {
                guard state.outcome(of: id)?.state.isTerminal == true else { return "job \(id) is nowhere" }
                continue
            }
            open += 1
            if job.state == .ready { ready += 1 }
            guard job.state == .running else { continue }
            guard let deadline = job.deadline, let timer, timer <= deadline else {
                return "job \(id) runs without a deadline"
            }
            guard let token = job.token, tokens.insert(token).inserted, job.worker != nil else {
                return "job \(id) runs without a lease of its own"
            }
            if let machine = job.machine {
                leased[machine, default: 0] += job.specification.requirements.cpuMillis
            }
        }
        guard open == state.openCount, ready == state.readyCount, tokens.count == state.runningCount else {
            return "its counts are not those of its jobs"
        }
        for machine in state.machineList {
            let used = leased[machine.specification.name] ?? 0
            if used != machine.leasedCPUMillis || used > machine.specification.cpuMillis {
                return
                    "machine \(machine.specification.name) counts \(machine.leasedCPUMillis), jobs use \(used)"
            }
        }
        return nil
    }
}
