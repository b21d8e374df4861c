import Orchestration

/// What a caller was told, in a form that can be held against any later state.
enum Acknowledgement: Hashable {
    case exists(JobID)
    case leased(LeaseToken, JobID)
    case leaseEnded(LeaseToken)
    case succeeded(JobID)
    /// Ended by now, or told to.
    case cancelled(JobID)
    case approved(JobID)
    case rejected(JobID)
    case machine(String)

    /// What the answer to a command promises; `held` is what ``running(_:_:)`` said before it was decided.
    static func of(_ command: Command, _ answer: Answer, held: [(JobID, LeaseToken)?]) -> [Acknowledgement] {
        switch (command, answer) {
        case (_, .created(let job)): [.exists(job)]
        case (_, .createdMany(let list)): list.map { .exists($0) }
        case (_, .leases(let leases)): leases.map { .leased($0.token, $0.job) }
        case (.complete, _): succeeded(held)
        case (.completeMany, .outcomes(let outcomes)):
            succeeded(zip(held, outcomes).map { $1 == nil ? $0 : nil })
        case (.fail, _): held.compactMap { $0.map { .leaseEnded($0.1) } }
        case (.cancel(let list), _): list.map { .cancelled($0) }
        case (.approve(let list), _): list.map { .approved($0) }
        case (.reject(let list), _): list.map { .rejected($0) }
        case (.addPoints(let job, _, _), _): [.exists(job)]
        case (.registerMachine(let machine), _): [.machine(machine.name)]
        case (.setMachineStatus(let name, _), _): [.machine(name)]
        default: []
        }
    }

    /// The running jobs that a command speaks of, in its order; nil where there is none.
    static func running(_ command: Command, _ state: borrowing State) -> [(JobID, LeaseToken)?] {
        switch command {
        case .complete(let holder, _), .fail(let holder, _): [running(holder, state)]
        case .completeMany(let list): list.map { running($0.holder, state) }
        default: []
        }
    }

    private static func running(_ holder: Holder, _ state: borrowing State) -> (JobID, LeaseToken)? {
        switch holder {
        case .lease(let token): state.holder(of: token).map { ($0.id, token) }
        case .job(let job): state[job].flatMap { found in found.token.map { (job, $0) } }
        }
    }

    private static func succeeded(_ held: [(JobID, LeaseToken)?]) -> [Acknowledgement] {
        held.flatMap { $0.map { [.succeeded($0.0), .leaseEnded($0.1)] } ?? [] }
    }

    /// Whether it is still so; `leases` are all that were ever dispatched in the log.
    func holds(in state: borrowing State, leases: [LeaseToken: JobID]) -> Bool {
        switch self {
        case .exists(let job): state.lastSequence(of: job) != nil
        case .leased(let token, let job): leases[token] == job
        case .leaseEnded(let token): leases[token] != nil && state.holder(of: token) == nil
        case .succeeded(let job): state.outcome(of: job)?.state == .succeeded
        case .cancelled(let job): state.outcome(of: job) != nil || state[job]?.isCancelRequested == true
        case .approved(let job): state.lastSequence(of: job) != nil && state[job]?.state != .proposed
        case .rejected(let job): state.outcome(of: job)?.reason == .rejected
        case .machine(let name): state.machine(name) != nil
        }
    }
}
