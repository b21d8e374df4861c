extension State {
    /// Jobs that were ever created.
    public var jobCount: UInt64 { jobs.count }
    /// Jobs that are not in a terminal state.
    public var openCount: Int { jobs.liveCount }
    /// Held jobs apart, and those behind a limit included.
    public var readyCount: Int { ready.count }
    /// Jobs that a worker has.
    public var runningCount: Int { leases.all.count }
    /// In the order of their registration.
    package var machineList: [Machine] { machines.records.map(\.shown) }

    /// A live job; nil when it ended or never was.
    public subscript(job: JobID) -> Job? {
        guard let slot = jobs.slot(job) else { return nil }
        return shown(jobs[slot])
    }

    /// How a finished job ended; nil when it is live or never was.
    package func outcome(of job: JobID) -> FinishedJob? {
        jobs.entry(job)?.outcome
    }

    /// Where the history of a job ends; nil when it never was.
    package func lastSequence(of job: JobID) -> UInt64? {
        guard let entry = jobs.entry(job) else { return nil }
        return entry.slot.map { jobs[$0].lastSequence } ?? entry.outcome?.lastSequence
    }

    /// Where the history of a worker ends; nil when it never had a lease.
    package func lastSequence(ofWorker name: Name) -> UInt64? {
        workers.find(name).map { workers[$0].lastSequence }
    }

    /// In the order of their first registration or lease.
    package var workerList: [Worker] { workers.records.map(\.shown) }

    package func worker(_ name: Name) -> Worker? {
        workers.find(name).map { workers[$0].shown }
    }

    /// In the order in which they were first named.
    package var queueList: [Queue] { queues.records.indices.map { shown(UInt32($0)) } }

    package func queue(_ name: Name) -> Queue? {
        queues.find(name).map(shown)
    }

    private func shown(_ queue: UInt32) -> Queue {
        var waiting = 0
        for set in ready.sets(of: queue) { waiting += ready.sets[Int(set)].count }
        return Queue(
            specification: queues[queue].specification,
            status: queues[queue].status,
            ready: waiting,
            running: queues[queue].running,
            runningByKey: queues[queue].keys,
            tokens: queues[queue].specification.rate.map { queues[queue].bucket.tokens($0, at: lastTime) }
        )
    }

    package func machine(_ name: Name) -> Machine? {
        machines.find(name).map { machines[$0].shown }
    }

    /// The running job that a token holds; nil when the lease is lost.
    package func holder(of token: LeaseToken) -> Job? {
        guard let slot = leases[token.counter], jobs[slot].token == token else { return nil }
        return shown(jobs[slot])
    }

    private func shown(_ record: JobRecord) -> Job {
        let isRunning = record.state == .running
        return Job(
            id: record.id,
            state: record.state,
            specification: record.specification,
            lastSequence: record.lastSequence,
            attempts: record.attempts,
            failures: record.failures,
            crashes: record.crashes,
            token: isRunning ? record.token : nil,
            worker: record.worker == JobRecord.none ? nil : workers[record.worker].name,
            machine: record.machine == JobRecord.none ? nil : machines[record.machine].specification.name,
            deadline: isRunning ? record.deadline : nil,
            lastHeartbeat: isRunning && record.lastHeartbeat != .zero ? record.lastHeartbeat : nil,
            isCancelRequested: record.isCancelRequested,
            isHeld: record.isHeld,
            waitsFor: Int(record.parents.pending),
            due: record.state == .scheduled ? record.moment : nil,
            readySince: record.state == .ready ? record.moment : nil,
            series: record.series
        )
    }
}

extension WorkerTable.Record {
    var shown: Worker {
        Worker(
            name: name,
            specification: specification,
            running: running,
            isDraining: isDraining,
            lastSequence: lastSequence
        )
    }
}

extension MachineRecord {
    var shown: Machine {
        Machine(
            specification: specification,
            status: status,
            leasedCPUMillis: leasedCPUMillis,
            lastSequence: lastSequence
        )
    }
}
