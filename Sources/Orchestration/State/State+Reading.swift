extension State {
    /// Jobs that were ever created.
    public var jobCount: UInt64 { jobs.count }
    /// Jobs that are not in a terminal state.
    public var openCount: Int { jobs.liveCount }
    public var readyCount: Int { lanes.count }
    public var runningCount: Int { leases.count }
    /// In the order of their registration.
    public var machineList: [Machine] { machines.records.map(\.shown) }

    /// A live job; nil when it ended or never was.
    public subscript(job: JobID) -> Job? {
        guard let slot = jobs.slot(job) else { return nil }
        return shown(jobs[slot])
    }

    /// How a finished job ended; nil when it is live or never was.
    public func outcome(of job: JobID) -> FinishedJob? {
        jobs.entry(job)?.outcome
    }

    /// Where the history of a job ends; nil when it never was.
    public func lastSequence(of job: JobID) -> UInt64? {
        guard let entry = jobs.entry(job) else { return nil }
        return entry.slot.map { jobs[$0].lastSequence } ?? entry.outcome?.lastSequence
    }

    /// Where the history of a worker ends; nil when it never had a lease.
    public func lastSequence(ofWorker name: String) -> UInt64? {
        workers.find(name).map { workers[$0].lastSequence }
    }

    public func machine(_ name: String) -> Machine? {
        machines.find(name).map { machines[$0].shown }
    }

    /// The running job that a token holds; nil when the lease is lost.
    public func holder(of token: LeaseToken) -> Job? {
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
            deadline: isRunning ? record.moment : nil,
            isCancelRequested: record.isCancelRequested,
            due: record.state == .scheduled ? record.moment : nil,
            readySince: record.state == .ready ? record.moment : nil,
            series: record.series
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
