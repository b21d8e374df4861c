import EventLog
import Orchestration
import Waybill

/// The real sequencer on the real log without its thread: one life of the process that owns them.
///
/// It makes room, decides, appends and answers in the order in which the thread does it; the oracle learns of every
/// batch before the log does, and of every answer when it goes out.
final class SimulatedEngine {
    enum Stop: Error {
        case log(LogError)
        case wrong(Recovery.Complaint)

        init(_ problem: String) { self = .wrong(Recovery.Complaint(description: problem)) }

        init(_ error: EngineError) {
            switch error {
            case .outcomeUnknown(let error), .logFailed(let error): self = .log(error)
            default: self.init("\(error)")
            }
        }
    }

    enum Reply {
        case answered(CommandResult)
        case refused(Refusal)
        case noRoom
    }

    private let sequencer: Sequencer
    private(set) var oracle: EngineOracle
    private(set) var now: Timestamp
    private(set) var counts = EngineCounts()
    private let durability: Durability
    let clock: ClockKind
    /// What waits for the batch under way.
    private var answers: [Acknowledgement] = []

    init(
        _ writer: LogWriter,
        _ found: RecoveredEngine,
        _ oracle: EngineOracle,
        _ durability: Durability,
        _ clock: ClockKind,
        wallTime: Timestamp,
        seed: UInt64
    ) {
        self.oracle = oracle
        self.durability = durability
        self.clock = clock
        now = max(found.state.lastTime, wallTime)
        let core = SequencerCore(state: found.state, limits: RecoveredEngine.limits, seed: seed)
        sequencer = Sequencer(recording: EpochTerms(clock: clock), log: writer, core: core)
    }

    var writer: LogWriter { sequencer.log }
    /// Looked at where it lies: a copy would be a copy of the state.
    var core: SequencerCore {
        _read { yield sequencer.core }
    }

    /// Whether the epoch is in the log, so that commands are taken.
    var isServing: Bool { core.state.epoch == writer.epoch && core.events.isEmpty }

    /// Records the epoch if there is room for it.
    func open() throws(Stop) {
        guard try hasRoom() else { return }
        try commit()
    }

    func submit(_ command: Command, _ context: CommandContext) throws(Stop) -> Reply {
        counts.commands += 1
        while true {
            guard try hasRoom() else {
                counts.noRoom += 1
                return .noRoom
            }
            let (events, bytes) = (core.events.count, core.bytes.count)
            let held = Acknowledgement.running(command, core.state)
            switch try step({ () throws(EngineError) in try sequencer.decide(command, context, at: now) }) {
            case .answered(let answer):
                // What was said again is as old as the first time, and may be undone by now.
                if context.idempotencyKey == nil || core.events.count > events {
                    let at = core.state.lastSequence
                    answers += Acknowledgement.of(command, answer, held: held, at: at)
                }
                return .answered(answer)
            case .refused(let refusal):
                counts.refusals += 1
                if core.events.count != events || core.bytes.count != bytes {
                    throw Stop("the refused \(command) left events")
                }
                return .refused(refusal)
            case .batchFull:
                if core.events.isEmpty { throw Stop("an empty batch has no room for \(command)") }
                try commit()
            }
        }
    }

    /// A job as the log tells of it, the batch under way included.
    func recall(_ job: JobID) -> FinishedJobSnapshot? {
        var recall = JobRecall(job)
        for memory in oracle.memories {
            for event in memory.events { recall.fold(event) }
        }
        for event in core.events { recall.fold(event) }
        return recall.revival
    }

    /// Fires what is due up to `moment` and makes it the time; under a virtual clock each timer at its own.
    ///
    /// False when there was no room: the timers stay due, and a virtual clock stands still.
    func advance(to moment: Timestamp) throws(Stop) -> Bool {
        if clock == .wall { now = max(now, moment) }
        var rounds = 0
        while let due = core.state.nextTimer, due <= moment {
            guard try hasRoom() else { return false }
            now = max(now, due)
            rounds += 1
            if rounds > 10_000 { throw Stop("the timers until \(moment.nanoseconds) never end") }
            let events = core.events.count
            let isFull = try step { () throws(EngineError) in try sequencer.decideDue(at: now) }
            counts.timerEvents += core.events.count - events
            if isFull { try commit() }
        }
        now = max(now, moment)
        return true
    }

    /// Makes the batch under way durable, and answers those who wait for it.
    func commit() throws(Stop) {
        guard let first = core.events.first else { return answers.removeAll(keepingCapacity: true) }
        let batch = RememberedBatch(
            firstSequence: first.sequence,
            count: core.events.count,
            time: core.state.lastTime.nanoseconds,
            payload: core.bytes
        )
        let memory = EngineOracle.Memory(events: core.events, state: core.state, answers: answers)
        if let problem = oracle.hand(batch, memory) { throw Stop(problem) }
        if first.sequence != writer.lastSequence + 1 { throw Stop("the core and the log count differently") }
        let events = try step { () throws(EngineError) in try sequencer.append() }
        oracle.acknowledge(synced: durability == .commit)
        counts.events += events?.count ?? 0
        answers.removeAll(keepingCapacity: true)
    }

    func close() throws(Stop) {
        try commit()
        do throws(LogError) { try writer.close() } catch { throw .log(error) }
        oracle.settle()
    }

    /// After an error the log takes nothing more.
    var takesMore: Bool {
        do throws(LogError) {
            try writer.reserve()
            return true
        } catch {
            return false
        }
    }

    private func hasRoom() throws(Stop) -> Bool {
        try step { () throws(EngineError) in try sequencer.hasRoom(at: now) }
    }

    private func step<Value>(_ body: () throws(EngineError) -> Value) throws(Stop) -> Value {
        do throws(EngineError) { return try body() } catch { throw Stop(error) }
    }
}
