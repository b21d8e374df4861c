import Orchestration

/// Who gets which job.
extension Oracle {
    /// All ready jobs are sorted, and each is taken unless something of its queue, key or machine forbids it.
    func dispatch(_ request: DispatchRequest) throws(Refusal) -> [Lease] {
        try refuseVersion()
        try check(request)
        let worker = workers[request.worker]
        let queues = Self.narrow(request.queues, to: worker?.specification?.queues ?? [])
        let kinds = Self.narrow(request.kinds, to: worker?.specification?.kinds ?? [])
        var candidates = open.filter { job in
            guard job.state == .ready, !job.isHeld else { return false }
            if let queues, !queues.contains(job.queue) { return false }
            return kinds?.contains(job.kind) ?? true
        }
        candidates.sort {
            let (left, right) = (rank($0), rank($1))
            return left != right ? left < right : $0.order < $1.order
        }
        let room = min(request.max, freeSlots(request.worker))
        var leases: [Lease] = []
        var blocked: Set<Name> = []
        var left = candidates.count
        for job in candidates where leases.count < room && !blocked.contains(job.queue) {
            if queueRoom(job.queue) == 0 {
                blocked.insert(job.queue)
            } else if keyRoom(job) > 0 {
                switch place(job, on: request.machine) {
                case .none: blocked.insert(job.queue)
                case .some(let machine):
                    let policy = self.queues[job.queue]?.specification.policy ?? .priority
                    leases.append(grant(job, request.worker, machine, policy, candidates: left, nil))
                    left -= 1
                }
            }
        }
        return leases
    }

    /// By the queue as it is now, whenever the job began to wait.
    private func rank(_ job: OracleJob) -> Int64 {
        queues[job.queue]?.rank(job) ?? 0
    }

    /// Nil is everything.
    private static func narrow(_ wanted: [Name], to registered: [Name]) -> [Name]? {
        if wanted.isEmpty { return registered.isEmpty ? nil : registered }
        return registered.isEmpty ? wanted : wanted.filter { registered.contains($0) }
    }

    func start(_ id: JobID, _ worker: Name, _ lease: TimeSpan?) throws(Refusal) -> Lease {
        try check(name: worker, "worker")
        if let lease, lease <= .zero { throw invalid("lease") }
        let job = try find(id) { .alreadyEnded($0, $1) }
        guard job.state == .ready else { throw .wrongState(id, job.state, needs: [.ready]) }
        try checkVersion(job)
        if job.isHeld { throw .held(id) }
        let limit = queues[job.queue]?.specification.concurrency.map { Int($0) } ?? Int.max
        if running(in: job.queue).count >= limit || keyRoom(job) == 0 {
            throw .limitReached(queue: job.queue)
        }
        if freeSlots(worker) == 0 { throw .workerIsFull(worker) }
        guard case .some(let machine) = place(job, on: nil) else {
            throw .noCapacity(id, machine: job.pinned ?? "")
        }
        return grant(job, worker, machine, .directed, candidates: 1, lease)
    }

    private func grant(
        _ job: OracleJob,
        _ worker: Name,
        _ machine: Name?,
        _ policy: DispatchPolicy,
        candidates: Int,
        _ length: TimeSpan?
    ) -> Lease {
        let token = LeaseToken(epoch: epoch, counter: sequence + 1)
        let length = length ?? job.timeouts.lease
        job.attempts += 1
        let dispatched = JobDispatched(
            job: job.id,
            token: token,
            worker: worker,
            machine: machine,
            attempt: job.attempts,
            deadline: now + length,
            policy: policy,
            candidates: UInt64(candidates),
            wait: now - job.moment
        )
        emit(.jobDispatched(dispatched), job)
        job.state = .running
        job.moment = now + length
        job.token = token
        job.worker = worker
        job.machine = machine
        job.started = now
        // What the deadline leaves of it, at the end of time.
        job.leaseLength = dispatched.deadline - now
        job.lastHeartbeat = nil
        job.rearms = 0
        queues[job.queue]?.start(at: now)
        if workers[worker] == nil { workers[worker] = OracleWorker() }
        return Lease(
            job: job.id,
            token: token,
            deadline: dispatched.deadline,
            attempt: job.attempts,
            machine: machine,
            specification: job.specification,
            traceparent: job.traceparent
        )
    }

    func running(in queue: Name) -> [OracleJob] {
        open.filter { $0.state == .running && $0.queue == queue }
    }

    private func queueRoom(_ name: Name) -> Int {
        guard let queue = queues[name] else { return Int.max }
        if queue.status == .paused { return 0 }
        let free = queue.specification.concurrency.map { max(0, Int($0) - running(in: name).count) }
        return min(free ?? Int.max, queue.tokens(at: now) ?? Int.max)
    }

    private func keyRoom(_ job: OracleJob) -> Int {
        guard let key = job.concurrencyKey, let limit = queues[job.queue]?.specification.keyConcurrency else {
            return Int.max
        }
        return max(0, Int(limit) - running(in: job.queue).count { $0.concurrencyKey == key })
    }

    func freeSlots(_ name: Name) -> Int {
        guard let worker = workers[name] else { return Int.max }
        if worker.isDraining { return 0 }
        guard let slots = worker.specification?.slots else { return Int.max }
        return max(0, Int(slots) - open.count { $0.state == .running && $0.worker == name })
    }

    func leasedMillis(_ machine: Name) -> UInt64 {
        open.reduce(0) { $1.state == .running && $1.machine == machine ? $0 + $1.cpuMillis : $0 }
    }

    /// The machine that is charged, `.some(nil)` for none, nil when the job has to wait.
    private func place(_ job: OracleJob, on own: Name?) -> Name?? {
        guard let name = job.pinned ?? own else { return .some(nil) }
        if let own, own != name { return nil }
        guard let machine = machines[name], machine.status == .available,
            leasedMillis(name) + job.cpuMillis <= machine.specification.cpuMillis
        else { return nil }
        return .some(name)
    }
}
