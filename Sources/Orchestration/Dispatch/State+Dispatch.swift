extension State {
    /// Strict FIFO over the lanes asked for: the head of the merged order waits until it fits, and nothing
    /// behind it is taken before.
    ///
    /// A job is charged to the machine it is pinned to, else to the one the worker runs on, else to none. A
    /// job pinned to another machine than the worker's does not fit, so it waits, as head, for its own.
    func dispatch(_ request: Dispatch, _ draft: inout Draft) throws(Refusal) -> Answer {
        try limits.check(request)
        if let machine = request.machine, machines.find(machine) == nil { throw .machineNotFound(machine) }
        let matching = lanes.matching(queues: request.queues, kinds: request.kinds)
        var candidates = readyCount(in: matching)
        guard candidates > 0 else { return .leases([]) }
        var order = DispatchOrder(lanes, lanes: matching)
        var round = DispatchRound(request, worker: workers.find(request.worker))
        var leases: [Lease] = []
        leases.reserveCapacity(min(request.max, candidates))
        while leases.count < request.max, let key = order.next(in: lanes) {
            guard let place = round.place(key.slot, self) else { break }
            leases.append(grant(key.slot, place, candidates, &round, &draft))
            candidates -= 1
        }
        return .leases(leases)
    }

    private func readyCount(in matching: [UInt32]?) -> Int {
        guard let matching else { return lanes.count }
        var count = 0
        for lane in matching { count += lanes.lanes[Int(lane)].ready.count }
        return count
    }

    private func grant(
        _ slot: UInt32,
        _ place: DispatchRound.Place,
        _ candidates: Int,
        _ round: inout DispatchRound,
        _ draft: inout Draft
    ) -> Lease {
        let specification = jobs[slot].specification
        var links = BackLinks(job: jobs[slot].lastSequence)
        links.worker = draft.touch(
            worker: round.worker ?? DispatchRound.newcomer,
            known: workers.lastSequence(round.worker)
        )
        if case .machine(let machine, _) = place {
            links.machine = draft.touch(machine: machine, known: machines[machine].lastSequence)
        }
        let dispatched = JobDispatched(
            job: jobs[slot].id,
            token: LeaseToken(epoch: epoch, counter: draft.next),
            worker: round.request.worker,
            machine: place.name,
            attempt: jobs[slot].attempts + 1,
            deadline: draft.time + specification.storage.terms.values.timeouts.lease,
            policy: .fifo,
            candidates: UInt64(candidates),
            wait: draft.time - jobs[slot].moment
        )
        draft.emit(.jobDispatched(dispatched), links)
        return Lease(
            job: dispatched.job,
            token: dispatched.token,
            deadline: dispatched.deadline,
            attempt: dispatched.attempt,
            machine: dispatched.machine,
            specification: specification
        )
    }

    mutating func applyDispatch(_ lease: JobDispatched, _ event: Event) throws(ApplyError) {
        let slot = try expect(lease.job, in: .ready, event)
        guard lease.token == LeaseToken(epoch: epoch, counter: event.sequence) else {
            throw event.contradiction("token \(lease.token) is not of this event")
        }
        guard lease.attempt == jobs[slot].attempts + 1 else { throw event.contradiction("attempts skip") }
        let cpuMillis = jobs[slot].cpuMillis
        let machine = try machines.charged(lease, cpuMillis, event)
        let known = workers.find(lease.worker)
        guard workers.lastSequence(known) == event.links.worker else {
            throw event.contradiction("worker \(lease.worker) was last touched by another event")
        }
        let worker = known ?? workers.append(lease.worker)
        workers[worker].lastSequence = event.sequence
        if let machine {
            machines[machine].leasedCPUMillis += cpuMillis
            machines[machine].lastSequence = event.sequence
        }
        leave(slot)
        leases[event.sequence] = slot
        jobs.change(slot) { $0.startAttempt(lease, worker: worker, machine: machine, at: event.sequence) }
        enter(slot, .running, at: lease.deadline)
    }
}

extension JobRecord {
    mutating func startAttempt(_ lease: JobDispatched, worker: UInt32, machine: UInt32?, at sequence: UInt64)
    {
        token = lease.token
        attempts = lease.attempt
        self.worker = worker
        self.machine = machine ?? JobRecord.none
        rearms = 0
        lastSequence = sequence
    }
}
