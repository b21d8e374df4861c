package import Orchestration

/// The first thing that keeps a job from running, as the state that decides sees it between two batches.
package struct Why: Sendable {
    package enum Reason: Sendable {
        case ended
        case running(worker: Name?, deadline: Timestamp?)
        case waitingApproval
        case held
        case waitingParents(Int)
        case waitingTasks(TaskTally?)
        case beginTime(Timestamp)
        case backoff(Timestamp)
        case snoozed(Timestamp)
        case queuePaused
        case queueLimit(UInt32, running: UInt32)
        case keyLimit(UInt32, running: UInt32)
        case rateLimited
        case noMachine(Name)
        case noCapacity(Name, free: UInt64)
        case noWorker
        case workersFull
        /// It could be given to a worker: so many are ready in its queue, itself among them.
        case waitingTurn(ready: Int)
    }

    package let job: JobID
    package let state: JobState
    package let queue: Name?
    package let reason: Reason

    /// Nil for a job that never was or is pruned.
    package init?(_ job: JobID, _ state: borrowing State) {
        self.job = job
        guard let open = state[job] else {
            guard let outcome = state.outcome(of: job) else { return nil }
            self.state = outcome.state
            queue = nil
            reason = .ended
            return
        }
        self.state = open.state
        queue = open.specification.queue
        reason = Self.reason(open, state)
    }

    private static func reason(_ job: Job, _ state: borrowing State) -> Reason {
        if job.isHeld { return .held }
        return switch job.state {
        case .succeeded, .dead, .cancelled: .ended
        case .running: .running(worker: job.worker, deadline: job.deadline)
        case .proposed: .waitingApproval
        case .blocked:
            job.specification.taskCount > 0
                ? .waitingTasks(state.tasks(of: job.id)) : .waitingParents(job.waitsFor)
        case .scheduled: waiting(job)
        case .ready: atItsQueue(job, state)
        }
    }

    private static func waiting(_ job: Job) -> Reason {
        let due = job.due ?? .zero
        if job.specification.runAt == due { return .beginTime(due) }
        return job.failures + job.crashes > 0 ? .backoff(due) : .snoozed(due)
    }

    private static func atItsQueue(_ job: Job, _ state: borrowing State) -> Reason {
        guard let queue = state.queue(job.specification.queue) else { return .waitingTurn(ready: 1) }
        if queue.status == .paused { return .queuePaused }
        if let limit = queue.specification.concurrency, queue.running >= limit {
            return .queueLimit(limit, running: queue.running)
        }
        if let key = job.specification.concurrencyKey, let limit = queue.specification.keyConcurrency,
            let running = queue.runningByKey[key], running >= limit
        {
            return .keyLimit(limit, running: running)
        }
        if queue.tokens == 0 { return .rateLimited }
        return onItsMachine(job, state) ?? atItsWorkers(job, state) ?? .waitingTurn(ready: queue.ready)
    }

    private static func onItsMachine(_ job: Job, _ state: borrowing State) -> Reason? {
        guard let name = job.specification.requirements.machine else { return nil }
        guard let machine = state.machine(name), machine.status == .available else { return .noMachine(name) }
        let capacity = machine.specification.cpuMillis
        let free = capacity - min(capacity, machine.leasedCPUMillis)
        return job.specification.requirements.cpuMillis > free ? .noCapacity(name, free: free) : nil
    }

    /// A worker that never registered takes what it asks for: whether it will ask is not known.
    private static func atItsWorkers(_ job: Job, _ state: borrowing State) -> Reason? {
        let suitable = state.workerList.filter { worker in
            guard !worker.isDraining else { return false }
            guard let registration = worker.specification else { return true }
            return registration.serves(job.specification)
        }
        if suitable.isEmpty { return .noWorker }
        let isAnyFree = suitable.contains { worker in
            worker.specification.map { worker.running < $0.slots } ?? true
        }
        return isAnyFree ? nil : .workersFull
    }
}

extension WorkerSpecification {
    fileprivate func serves(_ job: JobSpecification) -> Bool {
        (queues.isEmpty || queues.contains(job.queue)) && (kinds.isEmpty || kinds.contains(job.kind))
    }
}
