import Orchestration
import Waybill

/// Plays station status: the rules make suggestions, large ones are approved at once, small ones are rejected
/// when the station has recovered, and the tasks ride.
struct StationPlayer: WorkloadPlayer {
    private enum Standing {
        case proposed, task
        case running(LeaseToken)
    }

    private struct Open {
        let short: Int
        let duration: TimeSpan
        var standing: Standing
    }

    private enum Expectation {
        case suggestion(RebalancingSuggestion)
        case nothing
    }

    private let trace: StationTrace
    private let rules: Rebalancing
    let request: DispatchRequest?
    private var seen = 0
    private var open: [JobID: Open] = [:]
    private var jobOfStation: [Int: JobID] = [:]
    private var arrivals = EventQueue<JobID>()
    private var toApprove: [JobID] = []
    private var expected: [Expectation] = []

    init(_ trace: StationTrace, queue: Name, worker: Name) {
        self.trace = trace
        request = DispatchRequest(worker: worker, queues: [queue], max: Player.leasesAtOnce)
        rules = Rebalancing(stations: trace.stations, queue: queue)
    }

    /// Approvals follow from the answers to suggestions.
    var mayAskAtOnce: Bool {
        !expected.contains { if case .suggestion = $0 { true } else { false } }
    }

    var running: Int {
        open.values.count { if case .running = $0.standing { true } else { false } }
    }

    var progress: (played: Int, known: Int) { (seen, trace.snapshots.count) }

    var next: TimeSpan? {
        let snapshot = seen < trace.snapshots.count ? trace.snapshots[seen].at : nil
        let approval: TimeSpan? = toApprove.isEmpty ? nil : .zero
        return [snapshot, arrivals.next, approval].compactMap { $0 }.min()
    }

    mutating func act(at now: TimeSpan) -> [Submission] {
        due(at: now).map { Submission($0) }
    }

    private mutating func due(at now: TimeSpan) -> [Command] {
        var commands: [Command] = []
        if !toApprove.isEmpty {
            commands.append(.approve(toApprove))
            for job in toApprove { open[job]?.standing = .task }
            toApprove = []
        }
        while let job = arrivals.popFirst(dueAt: now) {
            guard let ended = close(job), case .running(let token) = ended.standing else { continue }
            commands.append(.complete(.lease(token), result: Payload()))
        }
        expected = commands.map { _ in .nothing }
        if seen < trace.snapshots.count, trace.snapshots[seen].at <= now {
            decide(trace.snapshots[seen], &commands)
        }
        return commands
    }

    private mutating func decide(_ snapshot: StationSnapshot, _ commands: inout [Command]) {
        seen += 1
        let undecided = open.values.filter { if case .proposed = $0.standing { true } else { false } }.map(
            \.short
        )
        let decision = rules.decide(snapshot, open: Set(jobOfStation.keys), undecided: Set(undecided))
        let rejected = decision.rejections.compactMap { jobOfStation[$0] }
        if !rejected.isEmpty {
            commands.append(.reject(rejected))
            expected.append(.nothing)
            for job in rejected { _ = close(job) }
        }
        for suggestion in decision.suggestions {
            commands.append(.suggest(suggestion.specification))
            expected.append(.suggestion(suggestion))
        }
    }

    mutating func apply(_ outcomes: [Result<Committed<CommandResult>, EngineError>], at now: TimeSpan) {
        for (expectation, outcome) in zip(expected, outcomes) {
            guard case .suggestion(let suggestion) = expectation, case .success(let committed) = outcome,
                case .created(let job) = committed.value
            else { continue }
            open[job] = Open(short: suggestion.short, duration: suggestion.duration, standing: .proposed)
            jobOfStation[suggestion.short] = job
            if suggestion.isApprovedAtOnce { toApprove.append(job) }
        }
    }

    mutating func begin(_ lease: Lease, at now: TimeSpan) {
        guard let ride = open[lease.job] else { return }
        open[lease.job]?.standing = .running(lease.token)
        arrivals.add(lease.job, at: now + ride.duration)
    }

    private mutating func close(_ job: JobID) -> Open? {
        guard let ended = open.removeValue(forKey: job) else { return nil }
        jobOfStation.removeValue(forKey: ended.short)
        return ended
    }
}
