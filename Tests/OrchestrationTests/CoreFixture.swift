import Orchestration

/// A state with its log, driven command by command as the sequencer does.
struct CoreFixture {
    var state: State
    var log: [Event] = []
    var now = Timestamp(seconds: 1_700_000_000)
    var entropy: UInt64 = 1

    init(limits: CoreLimits = CoreLimits(), epoch: UInt64 = 1) throws {
        state = State(limits: limits)
        try open(epoch: epoch)
    }

    init(unopened limits: CoreLimits) {
        state = State(limits: limits)
    }

    mutating func open(epoch: UInt64) throws {
        try open(EngineOpened(epoch: epoch, clock: .virtual))
    }

    @discardableResult
    mutating func open(_ opened: EngineOpened) throws -> [Event] {
        var events: [Event] = []
        state.decideOpened(opened, at: now, into: &events)
        try absorb(events)
        return events
    }

    /// Another process reads the log: what was only in memory is gone.
    mutating func refold() throws {
        var folded = State(limits: state.limits)
        for event in log { try folded.apply(event) }
        guard canonical(folded) == canonical(state) else { throw Surprise.anotherState }
        state = folded
    }

    @discardableResult
    mutating func run(_ command: Command, _ context: CommandContext = CommandContext(actor: "tester")) throws
        -> CommandResult
    {
        var events: [Event] = []
        let answer = try state.decide(command, context, at: now, entropy: entropy, into: &events)
        entropy &+= 1
        try absorb(events)
        state.extend(by: command, at: now)
        return answer
    }

    /// Decides and applies everything that is due; returns what was written.
    @discardableResult
    mutating func elapse(_ span: TimeSpan = .zero, limit: Int = 100) throws -> [Event] {
        now = now + span
        var written: [Event] = []
        while true {
            var events: [Event] = []
            state.decideDue(at: now, entropy: entropy, limit: limit, into: &events)
            entropy &+= 1
            if events.isEmpty { return written }
            try absorb(events)
            written += events
        }
    }

    mutating func absorb(_ events: [Event]) throws {
        for event in events { try state.apply(event) }
        log += events
    }
}

extension CoreFixture {
    mutating func create(_ specification: JobSpecification = JobSpecification(kind: "render")) throws -> JobID
    {
        switch try run(.create(specification)) {
        case .created(let job), .existing(let job): return job
        default: throw Surprise.answer
        }
    }

    mutating func suggest(_ specification: JobSpecification = JobSpecification(kind: "render")) throws
        -> JobID
    {
        guard case .created(let job) = try run(.suggest(specification)) else { throw Surprise.answer }
        return job
    }

    mutating func dispatch(_ request: DispatchRequest) throws -> [Lease] {
        guard case .leases(let leases) = try run(.dispatch(request)) else { throw Surprise.answer }
        return leases
    }

    /// The one lease that a worker gets now.
    mutating func lease(worker: Name = "w") throws -> Lease {
        guard let lease = try dispatch(DispatchRequest(worker: worker)).first else { throw Surprise.noLease }
        return lease
    }

    func refusal(_ command: Command, _ context: CommandContext = CommandContext(actor: "tester")) -> Refusal?
    {
        var events: [Event] = []
        do throws(Refusal) {
            _ = try state.decide(command, context, at: now, entropy: 0, into: &events)
            return nil
        } catch {
            return events.isEmpty ? error : nil
        }
    }

    /// A job that ended, as its events tell of it.
    func recall(_ job: JobID) -> FinishedJobSnapshot? {
        var history: [Event] = []
        var sequence = state.lastSequence(of: job) ?? 0
        while sequence > 0 {
            history.append(log[Int(sequence) - 1])
            sequence = log[Int(sequence) - 1].links.job
        }
        var recall = JobRecall(job)
        for event in history.reversed() { recall.fold(event) }
        return recall.revival
    }

    /// The names of the newest events.
    func newest(_ count: Int) -> [String] {
        log.suffix(count).map { name(of: $0) }
    }
}

enum Surprise: Error {
    case answer, noLease, anotherState
}

/// The case's name without its values.
func name(of event: Event) -> String { name(of: event.body) }

func name(of body: Event.Body) -> String {
    Mirror(reflecting: body).children.first?.label ?? ""
}

func canonical(_ state: State) -> [UInt8] {
    var bytes: [UInt8] = []
    state.canonicalForm { bytes.append(contentsOf: $0) }
    return bytes
}
