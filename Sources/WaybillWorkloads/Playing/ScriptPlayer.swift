import Orchestration
import Waybill

/// Plays a script of commands: each at its time, with job refs resolved to the ids that the engine gave.
struct ScriptPlayer: WorkloadPlayer {
    private let script: CommandScript
    private let epoch: Timestamp
    private var played = 0
    private var jobs = ScriptedJobs()
    /// For each command of the last act, the refs that it introduces.
    private var introduced: [[Name?]] = []
    private(set) var unresolved: [CommandScript.Step] = []

    init(_ script: CommandScript, epoch: Timestamp) {
        self.script = script
        self.epoch = epoch
    }

    let request: DispatchRequest? = nil
    let running = 0
    let mayAskAtOnce = false
    var progress: (played: Int, known: Int) { (played, script.steps.count) }
    var next: TimeSpan? { played < script.steps.count ? script.steps[played].at : nil }

    /// Steps up to the first that speaks of a job whose id is only known when these are answered.
    mutating func act(at now: TimeSpan) -> [Submission] {
        var requests: [Submission] = []
        var pending: Set<Name> = []
        introduced = []
        while played < script.steps.count, script.steps[played].at <= now {
            let step = script.steps[played]
            if step.command.references.contains(where: { $0.name.map(pending.contains) ?? false }) { break }
            // What a job was is asked after everything before has been answered.
            if !step.command.recalls.isEmpty, !requests.isEmpty { break }
            played += 1
            do {
                let command = try script.command(of: step, epoch: epoch, jobs)
                requests.append(
                    Submission(
                        command,
                        by: step.context,
                        line: step.line,
                        expectedRefusal: step.expectedRefusal
                    )
                )
                introduced.append(step.command.newReferences)
                pending.formUnion(step.command.newReferences.compactMap { $0 })
            } catch {
                unresolved.append(step)
            }
        }
        return requests
    }

    mutating func apply(_ outcomes: [Result<Committed<CommandResult>, EngineError>], at now: TimeSpan) {
        for (refs, outcome) in zip(introduced, outcomes) {
            guard case .success(let committed) = outcome else { continue }
            switch committed.value {
            case .created(let job), .existing(let job): name([job], refs)
            case .createdMany(let jobs, _): name(jobs, refs)
            case .leases(let leases): for lease in leases { jobs.tokens[lease.job] = lease.token }
            default: continue
            }
        }
    }

    func recalls(at now: TimeSpan) -> [JobID] {
        guard played < script.steps.count, script.steps[played].at <= now else { return [] }
        return script.steps[played].command.recalls.compactMap(jobs.id)
    }

    mutating func recall(_ revivals: [JobID: FinishedJobSnapshot]) {
        jobs.revivals = revivals
    }

    mutating func begin(_ lease: Lease, at now: TimeSpan) {}

    private mutating func name(_ jobs: [JobID], _ refs: [Name?]) {
        for (job, ref) in zip(jobs, refs) {
            if let ref { self.jobs.ids[ref] = job }
        }
    }
}
