import Orchestration
import Waybill

/// Plays a convergence curve: one simulation job that runs while its points come in.
struct CurvePlayer: WorkloadPlayer {
    private enum Stage {
        case planned
        case waiting
        case running(LeaseToken)
        case over
    }

    private let arrival: JobArrival
    private let batches: [Curve.Batch]
    private let worker: Name
    private var stage = Stage.planned
    private var job: JobID?
    private var added = 0

    init(_ curve: Curve, worker: Name, epoch: Timestamp) {
        arrival = curve.job
        batches = curve.batches(epoch: epoch)
        self.worker = worker
    }

    let mayAskAtOnce = true

    var running: Int {
        if case .running = stage { 1 } else { 0 }
    }

    var request: DispatchRequest? {
        guard case .waiting = stage else { return nil }
        return DispatchRequest(worker: worker, queues: [arrival.specification.queue], max: 1)
    }

    var progress: (played: Int, known: Int) { (added, batches.count) }

    var next: TimeSpan? {
        switch stage {
        case .planned: .zero
        case .waiting, .over: nil
        case .running: added < batches.count ? batches[added].at : arrival.duration
        }
    }

    mutating func act(at now: TimeSpan) -> [Submission] {
        due(at: now).map { Submission($0) }
    }

    private mutating func due(at now: TimeSpan) -> [Command] {
        switch stage {
        case .planned:
            stage = .waiting
            return [.create(arrival.specification)]
        case .waiting, .over:
            return []
        case .running(let token):
            guard let job else { return [] }
            var commands: [Command] = []
            while added < batches.count, batches[added].at <= now {
                commands.append(.addPoints(job, series: batches[added].series, points: batches[added].points))
                added += 1
            }
            if added == batches.count, arrival.duration <= now {
                stage = .over
                commands.append(.complete(.lease(token), result: Payload()))
            }
            return commands
        }
    }

    mutating func apply(_ outcomes: [Result<Committed<CommandResult>, EngineError>], at now: TimeSpan) {
        guard case .waiting = stage, case .success(let committed)? = outcomes.first,
            case .created(let job) = committed.value
        else { return }
        self.job = job
    }

    mutating func begin(_ lease: Lease, at now: TimeSpan) {
        stage = .running(lease.token)
    }
}
