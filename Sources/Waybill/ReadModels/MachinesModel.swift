public import Orchestration

/// Machines, their condition, and what runs on them.
public actor MachinesModel: Follower {
    static let mask = ProjectionMask.machines
    let progress: ProjectionWatermark
    var folded: UInt64 = 0

    private struct Entry {
        var specification: MachineSpecification
        var status = MachineStatus.available
        var leases = 0
        var leasedCPUMillis: UInt64 = 0
    }

    private var entries: [Name: Entry] = [:]
    private var order = ChunkedSortedSet<Name>()
    /// What each open job asks for, where it asks for anything.
    private var asked: [JobID: UInt64] = [:]
    private var placed: [JobID: Name] = [:]

    init(_ progress: ProjectionWatermark) {
        self.progress = progress
    }

    /// By name.
    public func all() -> [MachineSummary] { page(limit: .max) }

    /// Those behind the name `cursor`, or all, by name; at most `limit`.
    public func page(after cursor: Name? = nil, limit: Int = 100) -> [MachineSummary] {
        order.elements(after: cursor, limit: limit).compactMap { self[$0] }
    }

    /// Nil for a machine that nobody registered.
    public subscript(name: Name) -> MachineSummary? { entries[name].map(summary) }

    func fold(_ event: Event, _ delta: JobDelta) {
        switch event.body {
        case .machineRegistered(let specification):
            order.insert(specification.name)
            entries[specification.name, default: Entry(specification: specification)].specification =
                specification
        case .machineStatusSet(let name, let status):
            entries[name]?.status = status
        case .jobCreated(let job, let specification), .suggestionMade(let job, let specification):
            let cpuMillis = specification.requirements.cpuMillis
            if cpuMillis > 0 { asked[job] = cpuMillis }
        case .jobDispatched(let dispatched):
            lease(dispatched.job, on: dispatched.machine)
        case .attemptFailed(let job, _, _), .leaseExpired(let job, _, _), .jobSnoozed(let job, _, _),
            .jobReleased(let job, _):
            release(job)
        case .jobUpdated(let job, let change):
            if let requirements = change.requirements { asked[job] = requirements.cpuMillis }
        case .jobRedriven(let redriven):
            asked[redriven.job] = redriven.specification.requirements.cpuMillis
        case .jobSucceeded(let job, _, _), .jobDied(let job, _), .jobCancelled(let job, _),
            .suggestionRejected(let job), .jobExpired(let job):
            release(job)
            asked.removeValue(forKey: job)
        default:
            return
        }
    }

    private func lease(_ job: JobID, on machine: Name?) {
        guard let machine, entries[machine] != nil else { return }
        placed[job] = machine
        entries[machine]?.leases += 1
        entries[machine]?.leasedCPUMillis += asked[job] ?? 0
    }

    private func release(_ job: JobID) {
        guard let machine = placed.removeValue(forKey: job) else { return }
        entries[machine]?.leases -= 1
        entries[machine]?.leasedCPUMillis -= asked[job] ?? 0
    }

    private func summary(_ entry: Entry) -> MachineSummary {
        MachineSummary(
            specification: entry.specification,
            status: entry.status,
            leases: entry.leases,
            leasedCPUMillis: entry.leasedCPUMillis
        )
    }
}

/// A machine with what its leases use of it.
public struct MachineSummary: Sendable, Hashable {
    /// What it has.
    public let specification: MachineSpecification
    /// Whether it takes jobs.
    public let status: MachineStatus
    /// Jobs that run on it.
    public let leases: Int
    /// Thousandths of a core that they asked for.
    public let leasedCPUMillis: UInt64

    /// What jobs and people call it.
    public var name: Name { specification.name }
    /// Derived: whether any job runs on it.
    public var isBusy: Bool { leases > 0 }
}
