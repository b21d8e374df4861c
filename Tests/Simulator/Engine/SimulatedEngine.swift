import EventLog
import Orchestration
import TestSupport
import Waybill

/// One life of the process that owns a log: the real sequencer on the real log, with a loop in the place of its thread.
///
/// The loop performs what the sequencer asks for, as the thread does. It knows who asked what: everybody is told once,
/// and nobody of what isn't durable. The oracle learns of every batch before the log does.
final class SimulatedEngine {
    enum Stop: Error {
        case log(LogError)
        case wrong(Recovery.Complaint)
        /// The process ended between two actions.
        case killed

        init(_ problem: String) { self = .wrong(Recovery.Complaint(description: problem)) }

        init(_ error: EngineError) {
            switch error {
            case .outcomeUnknown(let error), .logFailed(let error): self = .log(error)
            default: self.init("\(error)")
            }
        }
    }

    let writer: LogWriter
    let clock: ClockKind
    private var sequencer: Sequencer
    private(set) var oracle: EngineOracle
    var callers: SimulatedCallers
    var counts = EngineCounts()
    /// What the machine's clocks say.
    private var reading: ClockReading
    private let durability: Durability
    /// All events, from the first on, those of the batch under way included.
    private(set) var events: [Event]
    /// What was left at the intake and not taken yet.
    private var offered: [IntakeEntry] = []
    private var refusal: EngineError?
    private var isClosing = false
    /// Asked before each action is performed: the process may be killed there, or its disk changed.
    var beforeAction: (() throws(Stop) -> Void)?
    /// Told what is answered.
    var trace: ((String) -> Void)?
    /// Offers what callers ask who come back in the moment that the sequencer gives them.
    var comeBack: ((SimulatedEngine) -> Void)?

    init(
        _ writer: LogWriter,
        _ found: RecoveredEngine,
        _ oracle: EngineOracle,
        _ durability: Durability,
        _ clock: ClockKind,
        wallTime: Timestamp,
        seed: UInt64
    ) {
        self.writer = writer
        self.oracle = oracle
        self.durability = durability
        self.clock = clock
        events = found.events.flatMap { $0 }
        callers = SimulatedCallers(after: events)
        reading = ClockReading(wall: wallTime, monotonic: 1_000_000)
        let engineClock = SequencerClock(
            clock == .wall ? .wall : .virtual(start: wallTime),
            floor: found.state.lastTime,
            isKnown: false,
            at: reading
        )
        sequencer = Sequencer(
            recording: EpochTerms(clock: clock),
            builder: BatchBuilder(state: found.state, limits: RecoveredEngine.limits, seed: seed),
            clock: engineClock,
            longestLine: 5
        )
    }

    var now: Timestamp { sequencer.now }
    /// Looked at where it lies: a copy would be a copy of the state.
    var state: State {
        _read { yield sequencer.builder.state }
    }

    /// Whether the epoch is in the log, so that commands are taken.
    var isServing: Bool { oracle.memories.last?.state.epoch == writer.epoch }

    /// Leaves something at the intake; false when nothing is let in any more.
    @discardableResult
    func offer(_ asked: SimulatedCallers.Asked) -> Bool {
        guard refusal == nil else { return false }
        offered.append(callers.entry(asked))
        return true
    }

    /// Somebody who waits for work leaves, if there is somebody.
    func leave(_ random: inout SeededRandom) {
        if refusal == nil, let entry = callers.departure(&random) { offered.append(entry) }
    }

    /// A job as the log tells of it, the batch under way included.
    func recall(_ job: JobID) -> FinishedJobSnapshot? {
        var recall = JobRecall(job)
        for event in events { recall.fold(event) }
        return recall.revival
    }

    // MARK: The loop

    /// Goes on until everything that was offered is answered, but for requests that wait for work.
    ///
    /// Throws the failure that ended the engine, once everybody was told of it.
    func run() throws(Stop) {
        while true {
            let action = sequencer.next(at: reading)
            try beforeAction?()
            pass(1_000)
            switch action {
            case .take(let wait):
                if offered.isEmpty, wait.spinNanoseconds > 0, !isClosing { comeBack?(self) }
                if offered.isEmpty, isClosing {
                    sequencer.close()
                    continue
                }
                if offered.isEmpty {
                    if wait.sleep != .none { return try rest() }
                    pass(wait.spinNanoseconds)
                }
                sequencer.accept(&offered)
            case .open(let terms): sequencer.opened(reserve().map { EpochOpening(of: writer, terms) })
            case .reserve: sequencer.reserved(reserve())
            case .append(let batch): try append(batch)
            case .awaitOldest: sync()
            case .publish(let batch, let answers):
                for answer in answers { try tell(answer, isFresh: batch != nil) }
                sequencer.answered(waiting: offered.count)
            case .refuse(let reason):
                refusal = reason
                sequencer.accept(&offered)
            case .end(let result): return try end(result)
            }
        }
    }

    /// Lets time pass, and what is due by it; false when there was no room for that.
    func advance(by span: TimeSpan) throws(Stop) {
        if clock == .virtual {
            if refusal == nil { offered.append(callers.advance(by: span)) }
            return try run()
        }
        let target = now + span
        while now < target {
            // Asleep until something is due, which the thread would be woken for.
            let due = sequencer.nextMoment.map { max($0, now + .milliseconds(1)) } ?? target
            pass((min(due, target) - now).nanoseconds)
            sequencer.accept(&offered)
            try run()
            if sequencer.lacksSpace { pass((target - now).nanoseconds) }
        }
    }

    /// Answers whoever still waits for work, and closes the log.
    func close() throws(Stop) {
        (refusal, isClosing) = (.closed, true)
        try run()
        oracle.settle()
    }

    private func pass(_ nanoseconds: Int64) {
        reading = ClockReading(
            wall: reading.wall + TimeSpan(nanoseconds: nanoseconds),
            monotonic: reading.monotonic + nanoseconds
        )
    }

    private func rest() throws(Stop) {
        if callers.count != sequencer.waitingCount {
            throw Stop("\(callers.count) callers wait, \(sequencer.waitingCount) of them for work")
        }
    }

    private func reserve() -> Result<Void, LogError> {
        Result { () throws(LogError) in try writer.reserve() }
    }

    private func append(_ batch: PendingBatch) throws(Stop) {
        if batch.firstSequence != writer.lastSequence + 1 {
            throw Stop("the sequencer and the log count differently")
        }
        events += batch.events
        counts.events += batch.count
        counts.timerEvents += batch.events.count { $0.context.actor == CommandContext.engine.actor }
        let remembered = RememberedBatch(
            firstSequence: batch.firstSequence,
            count: batch.count,
            time: batch.time.nanoseconds,
            payload: batch.payload
        )
        let memory = EngineOracle.Memory(events: batch.events, state: state, answers: promises(of: batch))
        if let problem = oracle.hand(remembered, memory) { throw Stop(problem) }
        write { () throws(LogError) in
            try batch.payload.withUnsafeBytes { bytes in
                Result { () throws(LogError) in
                    try writer.send(bytes, count: batch.count, time: batch.time.nanoseconds)
                }
            }.get()
        }
    }

    private func sync() {
        pass(80_000)
        write { () throws(LogError) in
            try writer.awaitOldest()
            oracle.acknowledge(synced: durability == .commit)
            sequencer.oldestIsDurable(at: reading)
        }
    }

    private func write(_ body: () throws(LogError) -> Void) {
        do throws(LogError) { try body() } catch { sequencer.appendFailed(error) }
    }

    private func end(_ result: Result<Void, EngineError>) throws(Stop) {
        if callers.count != 0 { throw Stop("\(callers.count) callers never get an answer") }
        switch result {
        case .success: do throws(LogError) { try writer.close() } catch { throw .log(error) }
        case .failure(let error): throw Stop(error)
        }
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
}
