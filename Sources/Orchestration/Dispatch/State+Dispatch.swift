extension State {
    /// Takes the first jobs of the merged order that limits let start.
    ///
    /// A queue or a key at its limit is passed over, and so is a queue whose head doesn't fit its machine: nothing
    /// behind that head is taken before it. A job is charged to the machine it is pinned to, else to the one the worker
    /// runs on, else to none. A job pinned to another machine than the worker's doesn't fit.
    func dispatch(_ request: DispatchRequest, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult
    {
        try limits.check(request)
        if let machine = request.machine, machines.find(machine) == nil { throw .machineNotFound(machine) }
        let worker = workers.find(request.worker)
        let scope = DispatchScope(request, worker.flatMap { workers[$0].specification }, self)
        var candidates = scope.count(self)
        let available = worker.map { workers[$0].available(request.max) } ?? request.max
        guard candidates > 0, available > 0 else { return .leases([]) }
        var order = scope.order(self, at: builder.time)
        var round = DispatchRound(
            worker: request.worker,
            machine: request.machine,
            at: builder.time,
            knownWorker: worker
        )
        var leases: [Lease] = []
        leases.reserveCapacity(min(available, candidates))
        while leases.count < available, let (key, set) = order.next(in: ready) {
            let queue = ready.sets[Int(set)].queue
            switch round.admit(key.slot, in: queue, self) {
            case .granted(let machine):
                let policy = queues.policy(of: queue)
                leases.append(grant(key.slot, machine, policy, candidates, nil, round, &builder))
                candidates -= 1
            case .laneIsFull: order.skipLane()
            case .queueIsFull: order.skip(queue: queue)
            }
        }
        return .leases(leases)
    }

    /// Whether a request has anything to choose from, limits of keys and machines apart: cheap, for those who wait.
    package func mayServe(_ request: DispatchRequest, at now: Timestamp) -> Bool {
        let worker = workers.find(request.worker)
        if let worker, workers[worker].available(1) == 0 { return false }
        let scope = DispatchScope(request, worker.flatMap { workers[$0].specification }, self)
        var order = scope.order(self, at: max(now, lastTime))
        while let (_, set) = order.next(in: ready) {
            let queue = ready.sets[Int(set)].queue
            if queues.available(in: queue, at: max(now, lastTime)) > 0 { return true }
            order.skip(queue: queue)
        }
        return false
    }

    /// A ready job that an operator names, for a worker that an operator names: limits and capacity hold, the order and the
    /// rate don't.
    func start(_ job: JobID, worker name: Name, lease: TimeSpan?, _ builder: inout EventBuilder)
        throws(Refusal)
        -> CommandResult
    {
        try limits.check(name: name, field: "worker")
        if let lease, lease <= .zero { throw .invalid(field: "lease", problem: "must be positive") }
        let slot = try find(job) { state in .alreadyEnded(job, state) }
        guard jobs[slot].state == .ready else { throw .wrongState(job, jobs[slot].state, needs: [.ready]) }
        try check(version: builder.context, slot)
        if jobs[slot].isHeld { throw .held(job) }
        let queue = queues[ready.sets[Int(jobs[slot].set)].queue]
        let isFull = queue.specification.concurrency.map { $0 <= queue.running } ?? false
        if isFull || jobs[slot].concurrencyKey.map({ queue.available(for: $0) == 0 }) ?? false {
            throw .limitReached(queue: queue.specification.name)
        }
        let worker = workers.find(name)
        if let worker, workers[worker].available(1) == 0 { throw .workerIsFull(name) }
        var round = DispatchRound(worker: name, machine: nil, at: builder.time, knownWorker: worker)
        guard let machine = round.reserve(slot, self) else {
            throw .noCapacity(job, machine: jobs[slot].terms.requirements.machine ?? "")
        }
        return .leases([grant(slot, machine, .directed, 1, lease, round, &builder)])
    }

    private func grant(
        _ slot: UInt32,
        _ machine: DispatchRound.Placement,
        _ policy: DispatchPolicy,
        _ candidates: Int,
        _ length: TimeSpan?,
        _ round: DispatchRound,
        _ builder: inout EventBuilder
    ) -> Lease {
        let specification = jobs[slot].specification
        var links = BackLinks(job: jobs[slot].lastSequence)
        links.worker = builder.touch(
            worker: round.knownWorker ?? DispatchRound.newcomer,
            known: workers.lastSequence(round.knownWorker)
        )
        if case .machine(let machine, _) = machine {
            links.machine = builder.touch(machine: machine, known: machines[machine].lastSequence)
        }
        let dispatched = JobDispatched(
            job: jobs[slot].id,
            token: LeaseToken(epoch: epoch, counter: builder.next),
            worker: round.worker,
            machine: machine.name,
            attempt: jobs[slot].attempts + 1,
            deadline: builder.time + (length ?? specification.storage.terms.values.timeouts.lease),
            policy: policy,
            candidates: UInt64(candidates),
            wait: builder.time - jobs[slot].moment
        )
        builder.emit(.jobDispatched(dispatched), links)
        return Lease(
            job: dispatched.job,
            token: dispatched.token,
            deadline: dispatched.deadline,
            attempt: dispatched.attempt,
            machine: dispatched.machine,
            specification: specification,
            traceparent: traceparents.isEmpty ? nil : traceparents[dispatched.job]
        )
    }

    mutating func applyDispatch(_ lease: JobDispatched, _ event: Event) throws(ApplyError) {
        let slot = try expect(lease.job, event)
        guard lease.token == LeaseToken(epoch: epoch, counter: event.sequence) else {
            throw event.contradiction("token \(lease.token) is not of this event")
        }
        guard lease.attempt == jobs[slot].attempts + 1 else { throw event.contradiction("attempts skip") }
        guard !jobs[slot].isHeld else { throw event.contradiction("job \(lease.job) is held") }
        let cpuMillis = jobs[slot].cpuMillis
        let machine = try machines.charged(lease, cpuMillis, event)
        let known = workers.find(lease.worker)
        guard workers.lastSequence(known) == event.links.worker else {
            throw event.contradiction("worker \(lease.worker) was last touched by another event")
        }
        let worker = known ?? workers.append(lease.worker)
        workers[worker].lastSequence = event.sequence
        workers[worker].running += 1
        if let machine {
            machines[machine].leasedCPUMillis += cpuMillis
            machines[machine].lastSequence = event.sequence
        }
        leave(slot)
        leases[event.sequence] = slot
        jobs.change(slot) { $0.startAttempt(lease, worker: worker, machine: machine, event) }
        enter(slot, next(slot, event), at: lease.deadline)
        startIn(ready.sets[Int(jobs[slot].set)].queue, key: jobs[slot].concurrencyKey, at: event.time)
    }
}

extension JobRecord {
    mutating func startAttempt(_ lease: JobDispatched, worker: UInt32, machine: UInt32?, _ event: Event) {
        token = lease.token
        attempts = lease.attempt
        started = event.time
        leaseLength = lease.deadline - event.time
        self.worker = worker
        self.machine = machine ?? JobRecord.none
        rearms = 0
        lastSequence = event.sequence
    }
}
