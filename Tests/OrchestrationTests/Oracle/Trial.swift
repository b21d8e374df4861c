import Orchestration

/// The core and its oracle side by side, step by step.
struct Trial {
    /// What differed, and after which step.
    struct Complaint: Error, CustomStringConvertible {
        var step = 0
        let description: String
    }

    private(set) var core: CoreFixture
    let oracle: Oracle
    private(set) var played = 0
    /// Commands that were refused, by the refusal's name; commands that were answered from memory.
    private(set) var refusals: [String: Int] = [:]
    /// What became of groups that go together, and of the commands of others, in a word.
    private(set) var groups: [String: Int] = [:]

    static let limits = CoreLimits(payloadBytes: 16, commandItems: 8, nameBytes: 32, listItems: 8)
    static let bounds = IdempotencyBounds(window: .seconds(90), count: 5)

    init() throws {
        core = CoreFixture(unopened: Self.limits)
        oracle = Oracle(limits: Self.limits)
        try open(EngineOpened(epoch: 1, clock: .virtual, idempotency: Self.bounds))
    }

    mutating func play(_ step: TrialStep, auditEvery period: Int = 20) throws {
        do {
            played += 1
            try take(step)
            try compareCounts()
            if played % period == 0 { try TrialAudit.audit(core.state, oracle) }
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
        case .together(let group, let entropy): try run(together: group, entropy: entropy)
        case .each(let group, let members, let entropy): try run(each: group, members, entropy: entropy)
        case .late(let span): core.now = core.now + span
        case .wait(let span, let limit):
            core.now = core.now + span
            try elapse(limit: limit)
        case .open(let isServing, let bounds):
            try core.refold()
            let epoch = core.state.epoch + 1
            try open(
                EngineOpened(epoch: epoch, clock: .virtual, isServing: isServing, idempotency: bounds)
            )
        }
    }

    private mutating func open(_ opened: EngineOpened) throws {
        oracle.open(opened, at: core.now)
        try compare(bodies: try core.open(opened))
    }

    private mutating func run(_ command: Command, _ context: CommandContext, entropy: UInt64) throws {
        let actual = Self.decided { events throws(Refusal) in
            [try core.state.decide(command, context, at: core.now, entropy: entropy, into: &events)]
        }
        let expected = oracle.predict(command, context, at: core.now, written: actual.events).map { [$0] }
        let isHeartbeat = if case .heartbeat = command { true } else { false }
        try judge(actual, expected, key: isHeartbeat ? nil : context.idempotencyKey)
        if case .success = expected { extend([command]) }
    }

    private mutating func run(together group: CommandGroup, entropy: UInt64) throws {
        let actual = Self.decided { events throws(Refusal) in
            try core.state.decide(together: group, at: core.now, entropy: entropy, into: &events)
        }
        count(actual, of: group)
        let expected = oracle.predict(together: group, at: core.now, written: actual.events)
        try judge(actual, expected, key: group.context.idempotencyKey)
        if case .success = expected { extend(group.members.map(\.command)) }
    }

    private mutating func run(each group: CommandGroup, _ members: Range<Int>, entropy: UInt64) throws {
        if members.lowerBound == 0 {
            let actual = Self.decided { _ throws(Refusal) in
                try core.state.check(group, at: core.now)
                return []
            }
            let expected = oracle.predict(check: group, at: core.now).map { [CommandResult]() }
            try judge(actual, expected, key: nil)
            guard case .success = expected else { return }
        }
        for index in members.clamped(to: group.members.indices) {
            let actual = Self.decided { events throws(Refusal) in
                [
                    try core.state.decide(
                        member: index,
                        of: group,
                        at: core.now,
                        entropy: entropy &+ UInt64(index),
                        into: &events
                    )
                ]
            }
            count(actual, of: group)
            let expected = oracle.predict(member: index, of: group, at: core.now, written: actual.events)
            try judge(actual, expected.map { [$0] }, key: group.context.idempotencyKey)
            if case .success = expected { extend([group.members[index].command]) }
        }
    }

    private mutating func count(_ actual: (outcome: Outcome, events: [Event]), of group: CommandGroup) {
        let what =
            if case .failure = actual.outcome {
                "refused"
            } else if let first = actual.events.first {
                first.command == first.sequence || core.log.last?.command == first.command ? "new" : "late"
            } else {
                group.context.idempotencyKey == nil ? "nothing" : "again"
            }
        groups["\(group.kind), \(what)", default: 0] += 1
    }

    private typealias Outcome = Result<[CommandResult], Refusal>

    private static func decided(
        _ body: (inout [Event]) throws(Refusal) -> [CommandResult]
    ) -> (outcome: Outcome, events: [Event]) {
        var events: [Event] = []
        do throws(Refusal) {
            let answers = try body(&events)
            return (.success(answers), events)
        } catch {
            return (.failure(error), events)
        }
    }

    /// Holds what was decided against what was predicted, and makes it so.
    private mutating func judge(
        _ actual: (outcome: Outcome, events: [Event]),
        _ expected: Outcome,
        key: Name?
    ) throws {
        if case .failure(let refusal) = actual.outcome {
            refusals[refusal.caseName, default: 0] += 1
            if !actual.events.isEmpty { throw Complaint(description: "a refusal left events") }
        }
        guard expected.bare == actual.outcome.bare else {
            throw Complaint(description: "answered \(actual.outcome), expected \(expected)")
        }
        try compare(bodies: actual.events)
        for (event, origin) in zip(actual.events, oracle.origins) {
            guard event.command == origin.command, event.member == origin.member,
                event.context.idempotencyKey == key
            else { throw Complaint(description: "wrote \(event), expected it to be of \(origin)") }
        }
        try core.absorb(actual.events)
    }

    private mutating func extend(_ commands: [Command]) {
        for command in commands { core.state.extend(by: command, at: core.now) }
    }

    private mutating func elapse(limit: Int) throws {
        for _ in 0..<1000 {
            var events: [Event] = []
            core.entropy &+= 1
            core.state.decideDue(at: core.now, entropy: core.entropy, limit: limit, into: &events)
            oracle.elapse(at: core.now, limit: limit, written: events)
            try compare(bodies: events)
            if events.isEmpty { return }
            try core.absorb(events)
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
        let state = core.state
        guard state.lastSequence == oracle.sequence, state.openCount == oracle.open.count,
            state.jobCount == UInt64(oracle.jobs.count),
            state.runningCount == oracle.open.count(where: { $0.state == .running }),
            state.readyCount == oracle.open.count(where: { $0.state == .ready && !$0.isHeld })
        else {
            throw Complaint(description: "the counts differ")
        }
    }
}

extension Result<[CommandResult], Refusal> {
    /// Without the words of what is invalid.
    fileprivate var bare: Self {
        switch self {
        case .failure(let refusal): .failure(refusal.bare)
        case .success(let answers):
            .success(
                answers.map { answer in
                    guard case .outcomes(let list) = answer else { return answer }
                    return .outcomes(list.map { $0?.bare })
                }
            )
        }
    }
}

extension Refusal {
    fileprivate var bare: Refusal {
        switch self {
        case .invalid(let field, _): .invalid(field: field, problem: "")
        case .member(let index, let refusal): .member(index, refusal.bare)
        default: self
        }
    }

    var caseName: String { Mirror(reflecting: root).children.first?.label ?? "" }
}
