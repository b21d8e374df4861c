extension State {
    /// Strict FIFO over the lanes asked for: the head of the merged order waits until it fits, and nothing behind it
    /// is taken before. A job is charged to the machine it is pinned to, else to the one the worker runs on, else to
    /// none. A job pinned to another machine than the worker's does not fit, so it waits, as head, for its own.
    func dispatch(_ request: Dispatch, _ draft: inout Draft) throws(Refusal) -> Answer {
        try limits.check(request)
        let matching = lanes.matching(queues: request.queues, kinds: request.kinds)
        var candidates = readyCount(in: matching)
        guard candidates > 0 else { return .leases([]) }
        var order = DispatchOrder(lanes, lanes: matching)
        var round = DispatchRound(request, worker: workers.find(request.worker))
        var leases: [Lease] = []
        leases.reserveCapacity(min(request.max, candidates))
        while leases.count < request.max, let key = order.next(in: lanes) {
            guard let place = round.place(jobs[key.slot], self) else { break }
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
        let record = jobs[slot]
        var links = BackLinks(job: record.lastSequence)
        links.worker = draft.touch(worker: round.worker ?? JobRecord.none - 1, known: workerSequence(round.worker))
        if case .machine(let machine, _) = place {
            links.machine = draft.touch(machine: machine, known: machines[machine].lastSequence)
        }
        let dispatched = JobDispatched(
            job: record.id,
            token: LeaseToken(epoch: epoch, counter: draft.next),
            worker: round.request.worker,
            machine: place.name,
            attempt: record.attempts + 1,
            deadline: draft.time + record.lease,
            policy: .fifo,
            candidates: UInt64(candidates),
            wait: draft.time - record.moment
        )
        draft.emit(.jobDispatched(dispatched), links)
        return Lease(
            job: record.id,
            token: dispatched.token,
            deadline: dispatched.deadline,
            attempt: dispatched.attempt,
            machine: dispatched.machine,
            specification: record.specification
        )
    }

    private func workerSequence(_ worker: UInt32?) -> UInt64 {
        worker.map { workers[$0].lastSequence } ?? 0
    }

    mutating func applyDispatch(_ lease: JobDispatched, _ event: Event) throws(ApplyError) {
        let slot = try expect(lease.job, in: .ready, event)
        guard lease.token == LeaseToken(epoch: epoch, counter: event.sequence) else {
            throw event.contradiction("token \(lease.token) is not of this event")
        }
        guard lease.attempt == jobs[slot].attempts + 1 else { throw event.contradiction("attempts skip") }
        let machine = try chargeable(lease, jobs[slot].cpuMillis, event)
        guard workers.find(lease.worker).map({ workers[$0].lastSequence }) ?? 0 == event.links.worker else {
            throw event.contradiction("worker \(lease.worker) was last touched by another event")
        }
        let worker = workers.intern(lease.worker)
        workers[worker].lastSequence = event.sequence
        if let machine {
            machines[machine].leasedCPUMillis += jobs[slot].cpuMillis
            machines[machine].lastSequence = event.sequence
        }
        leave(slot)
        leases[event.sequence] = slot
        jobs[slot].startAttempt(lease, worker: worker, machine: machine)
        jobs[slot].lastSequence = event.sequence
        enter(slot, .running, at: lease.deadline)
    }

    private func chargeable(
        _ lease: JobDispatched,
        _ cpuMillis: UInt64,
        _ event: Event
    ) throws(ApplyError) -> UInt32? {
        guard let name = lease.machine else {
            guard event.links.machine == 0 else { throw event.contradiction("a link to no machine") }
            return nil
        }
        guard let machine = machines.find(name) else { throw event.contradiction("machine \(name) is unknown") }
        guard machines[machine].fits(cpuMillis, pending: 0) else {
            throw event.contradiction("machine \(name) has no room for job \(lease.job)")
        }
        guard machines[machine].lastSequence == event.links.machine else {
            throw event.contradiction("machine \(name) was last touched by \(machines[machine].lastSequence)")
        }
        return machine
    }
}

extension JobRecord {
    mutating func startAttempt(_ lease: JobDispatched, worker: UInt32, machine: UInt32?) {
        token = lease.token
        attempts = lease.attempt
        self.worker = worker
        self.machine = machine ?? JobRecord.none
        rearms = 0
    }
}
