import Orchestration

/// The core and its oracle side by side, step by step.
struct Trial {
    /// What differed, and after which step.
    struct Complaint: Error, CustomStringConvertible {
        var step = 0
        let description: String
    }

    private(set) var bench: CoreFixture
    let oracle: Oracle
    private(set) var played = 0
    /// Commands that were refused, by the refusal's name; commands that were answered from memory.
    private(set) var refusals: [String: Int] = [:]

    static let limits = CoreLimits(payloadBytes: 16, commandItems: 8, nameBytes: 32, listItems: 8)
    static let bounds = IdempotencyBounds(window: .seconds(90), count: 5)

    init() throws {
        bench = CoreFixture(unopened: Self.limits)
        oracle = Oracle(limits: Self.limits)
        try open(EngineOpened(epoch: 1, clock: .virtual, idempotency: Self.bounds))
    }

    mutating func play(_ step: TrialStep, auditEvery period: Int = 20) throws {
        do {
            played += 1
            try take(step)
            try compareCounts()
            if played % period == 0 { try TrialAudit.audit(bench.state, oracle) }
        } catch let complaint as Complaint {
            throw Complaint(step: played, description: complaint.description)
        } catch let error as ApplyError {
            throw Complaint(step: played, description: "an own event is not taken: \(error)")
        }
    }

    private mutating func take(_ step: TrialStep) throws {
        switch step {
        case .command(let command, let context, let entropy):
            try run(command, context, entropy: entropy)
        case .late(let span): bench.now = bench.now + span
        case .wait(let span, let limit):
            bench.now = bench.now + span
            try elapse(limit: limit)
        case .open(let isServing, let bounds):
            try bench.refold()
            let epoch = bench.state.epoch + 1
            try open(
                EngineOpened(epoch: epoch, clock: .virtual, isServing: isServing, idempotency: bounds)
            )
        }
    }

    private mutating func open(_ opened: EngineOpened) throws {
        oracle.open(opened, at: bench.now)
        try compare(bodies: try bench.open(opened))
    }

    private mutating func run(_ command: Command, _ context: CommandContext, entropy: UInt64) throws {
        var events: [Event] = []
        let actual: Result<CommandResult, Refusal>
        do throws(Refusal) {
            actual = .success(
                try bench.state.decide(command, context, at: bench.now, entropy: entropy, into: &events)
            )
        } catch {
            actual = .failure(error)
            refusals[error.caseName, default: 0] += 1
            if !events.isEmpty { throw Complaint(description: "a refusal left events") }
        }
        let expected = oracle.predict(command, context, at: bench.now, written: events)
        guard expected.bare == actual.bare else {
            throw Complaint(description: "answered \(actual), expected \(expected)")
        }
        try compare(bodies: events)
        try bench.absorb(events)
        if case .success = actual, case .heartbeat(let token, _) = command {
            bench.state.extend(token, at: bench.now)
        }
    }

    private mutating func elapse(limit: Int) throws {
        for _ in 0..<1000 {
            var events: [Event] = []
            bench.entropy &+= 1
            bench.state.decideDue(at: bench.now, entropy: bench.entropy, limit: limit, into: &events)
            oracle.elapse(at: bench.now, limit: limit, written: events)
            try compare(bodies: events)
            if events.isEmpty { return }
            try bench.absorb(events)
        }
        throw Complaint(description: "the timers never end")
    }

    private func compare(bodies events: [Event]) throws(Complaint) {
        guard events.count == oracle.bodies.count else {
            let (actual, expected) = (events.map(name), oracle.bodies.map { name(of: $0) })
            throw Complaint(description: "wrote \(actual), expected \(expected)")
        }
        for (event, expected) in zip(events, oracle.bodies) where event.body != expected {
            throw Complaint(description: "wrote \(event.body), expected \(expected)")
        }
    }

    private func compareCounts() throws(Complaint) {
        let state = bench.state
        guard state.lastSequence == oracle.sequence, state.openCount == oracle.open.count,
            state.jobCount == UInt64(oracle.jobs.count),
            state.runningCount == oracle.open.count(where: { $0.state == .running }),
            state.readyCount == oracle.open.count(where: { $0.state == .ready && !$0.isHeld })
        else {
            throw Complaint(description: "the counts differ")
        }
    }
}

extension Result<CommandResult, Refusal> {
    /// Without the words of what is invalid.
    fileprivate var bare: Result<CommandResult, Refusal> {
        switch self {
        case .failure(let refusal): .failure(refusal.bare)
        case .success(.outcomes(let list)): .success(.outcomes(list.map { $0?.bare }))
        default: self
        }
    }
}

extension Refusal {
    fileprivate var bare: Refusal {
        if case .invalid(let field, _) = self { .invalid(field: field, problem: "") } else { self }
    }

    var caseName: String { Mirror(reflecting: root).children.first?.label ?? "" }
}
