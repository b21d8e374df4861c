import Orchestration

/// What a caller was told, in a form that can be held against any later state.
///
/// What a redrive takes back carries the sequence at which it was said.
enum Acknowledgement: Hashable {
    case exists(JobID)
    case leased(LeaseToken, JobID)
    case leaseEnded(LeaseToken)
    case succeeded(JobID)
    /// Ended by now, or told to.
    case cancelled(JobID, at: UInt64)
    /// Ended by now.
    case stopped(JobID, at: UInt64)
    case hasTasks(JobID, Int)
    case approved(JobID)
    case rejected(JobID, at: UInt64)
    case held(JobID, Bool, at: UInt64)
    case redriven(JobID)
    case discarded(JobID, at: UInt64)
    case pruned(JobID)
    case machine(Name)
    case worker(Name)
    case queue(Name)

    /// What the answer to a command promises; `events` are what the command wrote, `at` is the sequence since which it
    /// is so.
    static func of(
        _ command: Command,
        _ result: CommandResult,
        _ events: some Sequence<Event>,
        at: UInt64
    ) -> [Acknowledgement] {
        switch (command, result) {
        case (_, .created(let job)), (_, .existing(let job)): [.exists(job)]
        case (.createWithTasks(_, let tasks), .createdMany(let list, _)):
            list.map { .exists($0) } + [.hasTasks(list[0], tasks.count)]
        case (_, .createdMany(let list, _)): list.map { .exists($0) }
        case (_, .leases(let leases)): leases.map { .leased($0.token, $0.job) }
        case (.complete(let holder, _), _): succeeded(events, [holder])
        case (.completeMany(let list), .outcomes(let outcomes)):
            succeeded(events, zip(list, outcomes).compactMap { $1 == nil ? $0.holder : nil })
        case (.fail, _), (.snooze, _), (.release, _):
            events.compactMap { $0.endedLease.map { .leaseEnded($0) } }
        case (.cancel(let list, let isForced), _):
            list.map { isForced ? .stopped($0, at: at) : .cancelled($0, at: at) }
        case (.approve(let list), _): list.map { .approved($0) }
        case (.reject(let list), _): list.map { .rejected($0, at: at) }
        case (.hold(let list), _): list.map { .held($0, true, at: at) }
        case (.unhold(let list), _): list.map { .held($0, false, at: at) }
        case (.update(let job, let change), _):
            [.exists(job)] + (change.isHeld.map { [.held(job, $0, at: at)] } ?? [])
        case (.redrive(let redrive), _): redrive.revivals.map { .redriven($0.job) }
        case (.discard(let list), _): list.map { .discarded($0, at: at) }
        case (.prune(let list), _): list.map { .pruned($0) }
        case (.addPoints(let job, _, _), _): [.exists(job)]
        case (.registerMachine(let machine, _), _): [.machine(machine.name)]
        case (.setMachineStatus(let name, _), _): [.machine(name)]
        case (.registerWorker(let worker), _): [.worker(worker.name)]
        case (.drainWorker(let name), _): [.worker(name)]
        case (.configureQueue(let queue), _): [.queue(queue.name)]
        case (.setQueueStatus(let name, _), _): [.queue(name)]
        default: []
        }
    }

    /// Each holder's completion has its event, in order; one without is promised all the same, and won't hold.
    private static func succeeded(_ events: some Sequence<Event>, _ holders: [Holder]) -> [Acknowledgement] {
        var ends = events.compactMap { event -> (JobID, LeaseToken)? in
            if case .jobSucceeded(let job, let token, _) = event.body { (job, token) } else { nil }
        }[...]
        return holders.flatMap { holder -> [Acknowledgement] in
            let end = ends.popFirst()
            switch holder {
            case .lease(let token):
                return [.leaseEnded(token), .succeeded(end?.1 == token ? end?.0 ?? JobID(0) : JobID(0))]
            case .job(let job): return [.succeeded(job)] + (end.map { [.leaseEnded($0.1)] } ?? [])
            }
        }
    }

    /// Whether it is still so, or was taken back by what the log says.
    func holds(in state: borrowing State, _ history: EventHistory) -> Bool {
        if let job = prunable, history.pruned.contains(job) { return state.lastSequence(of: job) == nil }
        return switch self {
        case .exists(let job): state.lastSequence(of: job) != nil
        case .leased(let token, let job): history.leases[token] == job
        case .leaseEnded(let token): history.leases[token] != nil && state.holder(of: token) == nil
        case .succeeded(let job): state.outcome(of: job)?.state == .succeeded
        case .cancelled(let job, let at):
            state.outcome(of: job) != nil || state[job]?.isCancelRequested == true
                || history.isRedriven(job, after: at)
        case .stopped(let job, let at):
            state.outcome(of: job) != nil || history.isRedriven(job, after: at)
        case .hasTasks(let job, let count): state[job] == nil || state.tasks(of: job)?.total == count
        case .approved(let job): state.lastSequence(of: job) != nil && state[job]?.state != .proposed
        case .rejected(let job, let at):
            state.outcome(of: job)?.reason == .rejected || history.isRedriven(job, after: at)
        case .held(let job, let isHeld, let at):
            state.outcome(of: job) != nil || state[job]?.isHeld == isHeld
                || history.isRedriven(job, after: at) || history.holds[job] ?? 0 > at
        case .redriven(let job): history.isRedriven(job, after: 0)
        case .discarded(let job, let at):
            state.outcome(of: job)?.reason == .discarded || history.isRedriven(job, after: at)
        case .pruned(let job): state.lastSequence(of: job) == nil && history.pruned.contains(job)
        case .machine(let name): state.machine(name) != nil
        case .worker(let name): state.worker(name) != nil
        case .queue(let name): state.queue(name) != nil
        }
    }

    /// The job that may be forgotten together with what was said of it.
    private var prunable: JobID? {
        switch self {
        case .exists(let job), .succeeded(let job), .cancelled(let job, _), .approved(let job),
            .stopped(let job, _), .hasTasks(let job, _),
            .rejected(let job, _), .held(let job, _, _), .redriven(let job), .discarded(let job, _):
            job
        default: nil
        }
    }
}

extension Event {
    /// The lease that its worker gave up by it.
    fileprivate var endedLease: LeaseToken? {
        switch body {
        case .attemptFailed(_, let token, _), .jobSnoozed(_, let token, _), .jobReleased(_, let token): token
        default: nil
        }
    }
}
