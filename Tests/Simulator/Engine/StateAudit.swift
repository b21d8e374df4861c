import Orchestration

/// The invariants of the domain, counted anew from the jobs and machines of one state.
enum StateAudit {
    static func audit(_ state: borrowing State) throws(Recovery.Complaint) {
        if let problem = problem(state) {
            throw Recovery.Complaint(description: "the state at \(state.lastSequence): \(problem)")
        }
    }

    /// I1: one lease a job; I4: machines are not overfull; I5: queues, keys and workers count what runs; I11: whoever
    /// runs has a deadline and a timer.
    private static func problem(_ state: borrowing State) -> String? {
        var leased: [Name: UInt64] = [:]
        var tokens: Set<LeaseToken> = []
        var occupancy = Occupancy()
        var (open, ready) = (0, 0)
        let timer = state.nextTimer
        for number in 0..<state.jobCount {
            let id = JobID(number + 1)
            guard let job = state[id] else {
                // Nothing is left of one that was pruned.
                if let outcome = state.outcome(of: id), !outcome.state.isTerminal {
                    return "job \(id) is lost"
                }
                continue
            }
            open += 1
            if job.state == .ready, !job.isHeld { ready += 1 }
            if job.specification.taskCount > 0, let problem = problem(ofTasks: job, state) { return problem }
            guard job.state == .running else { continue }
            guard let deadline = job.deadline, let timer, timer <= deadline else {
                return "job \(id) runs without a deadline"
            }
            guard let token = job.token, tokens.insert(token).inserted, job.worker != nil else {
                return "job \(id) runs without a lease of its own"
            }
            occupancy.add(job)
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
        return occupancy.problem(in: state)
    }

    /// A parent is blocked while its tasks are counted as they stand.
    private static func problem(ofTasks job: Job, _ state: borrowing State) -> String? {
        guard job.state == .blocked, let tally = state.tasks(of: job.id),
            tally.total == Int(job.specification.taskCount)
        else { return "job \(job.id) lost its tasks" }
        var (open, succeeded) = (0, 0)
        for number in 1...UInt64(tally.total) {
            let task = JobID(job.id.rawValue + number)
            if state[task] != nil { open += 1 }
            if state.outcome(of: task)?.state == .succeeded { succeeded += 1 }
        }
        // Of one that was pruned nothing is known any more.
        guard open == tally.open, succeeded <= tally.succeeded else { return "job \(job.id) counts \(tally)" }
        return nil
    }

    /// Who runs what, counted from the jobs.
    private struct Occupancy {
        private var queues: [Name: UInt32] = [:]
        private var keys: [Name: [Name: UInt32]] = [:]
        private var workers: [Name: UInt32] = [:]

        mutating func add(_ job: Job) {
            let queue = job.specification.queue
            queues[queue, default: 0] += 1
            if let key = job.specification.concurrencyKey { keys[queue, default: [:]][key, default: 0] += 1 }
            if let worker = job.worker { workers[worker, default: 0] += 1 }
        }

        func problem(in state: borrowing State) -> String? {
            for queue in state.queueList
            where queue.running != queues[queue.name] ?? 0 || queue.runningByKey != keys[queue.name] ?? [:] {
                return "queue \(queue.name) counts \(queue.running) running, \(queue.runningByKey)"
            }
            for worker in state.workerList where worker.running != workers[worker.name] ?? 0 {
                return "worker \(worker.name) counts \(worker.running) running"
            }
            return nil
        }
    }
}
