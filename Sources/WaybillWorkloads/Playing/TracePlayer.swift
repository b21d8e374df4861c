import Orchestration
import Waybill

/// Plays a job trace: jobs arrive, run for as long as the trace says, fail and are retried as often, and end as they
/// did.
struct TracePlayer: WorkloadPlayer {
    private enum Step {
        /// The attempt is over.
        case end(JobID)
        /// The trace's user takes the job back.
        case cancel(JobID)
        /// A retry is due.
        case retry
    }

    /// A job that is open: its place in the trace, and the lease once a worker has it.
    private struct Life {
        let index: Int
        var token: LeaseToken?
        /// Attempts that have failed.
        var failures = 0
    }

    private let trace: JobTrace
    let request: DispatchRequest?
    private var arrived = 0
    private var ended = 0
    private var agenda = EventQueue<Step>()
    private var lives: [JobID: Life] = [:]
    /// For each command of the last act, the arrival that it creates.
    private var asked: [Int?] = []
    private var hasBegun = false
    private(set) var running = 0
    private(set) var mayAskAtOnce = true
    private(set) var retrying: [JobID] = []
    private(set) var hasRetry = false

    init(_ trace: JobTrace, worker: Name) {
        self.trace = trace
        request = DispatchRequest(worker: worker, queues: trace.servedQueues, max: Player.leasesAtOnce)
    }

    var progress: (played: Int, known: Int) { (arrived + ended, 2 * trace.count) }

    var next: TimeSpan? {
        guard hasBegun else { return .zero }
        let arrival = arrived < trace.count ? trace.arrivalTime(arrived) : nil
        guard let step = agenda.next else { return arrival }
        return arrival.map { min($0, step) } ?? step
    }

    mutating func act(at now: TimeSpan) -> [Submission] {
        due(at: now).map { Submission($0) }
    }

    private mutating func due(at now: TimeSpan) -> [Command] {
        var commands: [Command] = []
        if !hasBegun, let machine = trace.machine { commands.append(.registerMachine(machine)) }
        hasBegun = true
        retrying = []
        hasRetry = false
        while let step = agenda.popFirst(dueAt: now) { commands += play(step) }
        asked = commands.map { _ in nil }
        mayAskAtOnce = true
        while arrived < trace.count, trace.arrivalTime(arrived) <= now {
            let arrival = trace[arrived]
            if case .cancelWaiting(let moment) = arrival.fate, moment <= now { mayAskAtOnce = false }
            commands.append(.create(arrival.specification))
            asked.append(arrived)
            arrived += 1
        }
        return commands
    }

    mutating func apply(_ outcomes: [Result<Committed<CommandResult>, EngineError>], at now: TimeSpan) {
        for (index, outcome) in zip(asked, outcomes) {
            guard let index else { continue }
            guard case .success(let committed) = outcome, case .created(let job) = committed.value else {
                ended += 1
                continue
            }
            lives[job] = Life(index: index)
            if case .cancelWaiting(let moment) = trace[index].fate {
                agenda.add(.cancel(job), at: max(moment, now))
            }
        }
    }

    mutating func begin(_ lease: Lease, at now: TimeSpan) {
        guard let life = lives[lease.job] else { return }
        lives[lease.job]?.token = lease.token
        running += 1
        let arrival = trace[life.index]
        if life.failures < arrival.earlierAttempts.count {
            return agenda.add(.end(lease.job), at: now + arrival.earlierAttempts[life.failures].duration)
        }
        switch arrival.fate {
        case .complete, .fail: agenda.add(.end(lease.job), at: now + arrival.duration)
        case .cancelRunning(let after, _): agenda.add(.cancel(lease.job), at: now + after)
        case .cancelWaiting, .leaveWaiting: break
        }
    }

    mutating func awaitRetry(of job: JobID, at moment: TimeSpan) {
        agenda.add(.retry, at: moment)
    }

    private mutating func play(_ step: Step) -> [Command] {
        switch step {
        case .end(let job):
            return end(job).map { [$0] } ?? []
        case .cancel(let job):
            guard let life = close(job) else { return [] }
            guard let token = life.token else { return [.cancel([job])] }
            // Told at once: nobody heartbeats in a replayed trace.
            return [.cancel([job]), .fail(.lease(token), trace[life.index].fate.failure)]
        case .retry:
            hasRetry = true
            return []
        }
    }

    /// Ends the attempt that runs; the job is over with its last one.
    private mutating func end(_ job: JobID) -> Command? {
        guard let life = lives[job], let token = life.token else { return nil }
        let arrival = trace[life.index]
        if life.failures < arrival.earlierAttempts.count {
            lives[job] = Life(index: life.index, failures: life.failures + 1)
            running -= 1
            retrying.append(job)
            return .fail(.lease(token), arrival.earlierAttempts[life.failures].failure)
        }
        _ = close(job)
        if case .complete = arrival.fate { return .complete(.lease(token), result: Payload()) }
        return .fail(.lease(token), arrival.fate.failure)
    }

    private mutating func close(_ job: JobID) -> Life? {
        guard let life = lives.removeValue(forKey: job) else { return nil }
        ended += 1
        if life.token != nil { running -= 1 }
        return life
    }
}

extension JobFate {
    /// What the worker says of a run that is to end without success.
    fileprivate var failure: Failure {
        switch self {
        case .fail(let failure), .cancelRunning(_, let failure): failure
        default: Failure(type: "cancelled")
        }
    }
}
