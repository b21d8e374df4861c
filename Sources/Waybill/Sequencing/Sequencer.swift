import EventLog
import Logging
import Orchestration
import Synchronization

/// The single writer: one thread that takes what waits, decides it, makes it durable, and publishes it.
///
/// What waits when the thread comes back from a sync is the next batch, and the ``Cohort`` that the sync answered: there
/// is no timer and no tuning.
// Sendable unchecked: everything but `intake`, `feed`, `ending` and `room` is touched by the sequencer's thread
// only, and `log` after that thread's end by `release()`, under `releasing`.
final class Sequencer: @unchecked Sendable {
    let intake: Intake
    let feed: Feed
    let ending = Ending()
    private let log: LogWriter
    private var core: SequencerCore
    private var clock: SequencerClock
    private var settlements = Settlements()
    private var cohort = Cohort()
    /// The clock of the epoch that is still to be recorded before the first command; nil once it is.
    private var unrecorded: ClockKind?
    private let room = Mutex(Room.unknown)
    private let logger: Logger
    /// Callers of ``release()``, one at a time.
    private let releasing = Mutex(())

    /// Whether the largest batch would fit on the disk.
    private enum Room {
        case unknown, there, missing
    }

    init(
        recording clockKind: ClockKind,
        log: sending LogWriter,
        core: SequencerCore,
        clock: SequencerClock,
        intake: Intake,
        feed: Feed,
        logger: Logger
    ) {
        unrecorded = clockKind
        self.log = log
        self.core = core
        self.clock = clock
        self.intake = intake
        self.feed = feed
        self.logger = logger
    }

    /// Records the epoch if the disk has room for it; else that comes before the first command that finds room.
    ///
    /// Called once, before ``start()``; gives what opening the log found.
    func open() throws(EngineError) -> Opening {
        if try hasRoomForBatch() { try commit() }
        return log.opening
    }

    var condition: EngineCondition {
        if let result = ending.result {
            switch result {
            case .success: return .closed
            case .failure(let error): return .failed(error)
            }
        }
        return isWaitingForRoom ? .waitingForRoom : .serving
    }

    private var isWaitingForRoom: Bool { room.withLock { $0 } == .missing }

    /// Starts the thread.
    ///
    /// It ends when the intake is closed and empty, or when the log fails.
    func start() throws(EngineError) {
        try WriterThread.start { self.run() }
    }

    private func run() {
        var taken: [IntakeEntry] = []
        var index = 0
        do throws(EngineError) {
            while intake.take(into: &taken, until: timerDeadline) {
                if isWaitingForRoom { _ = try hasRoomForBatch() }
                if !clock.isVirtual { _ = try fireTimers(upTo: clock.now) }
                try settle(&taken, &index)
                while cohort.isAwaited(at: SequencerClock.monotonicNanoseconds()) {
                    intake.spin(until: cohort.deadline)
                    guard intake.count > 0, intake.take(into: &taken, until: nil) else { break }
                    try settle(&taken, &index)
                }
                try commit()
                intake.spin(until: cohort.deadline)
            }
            finish()
        } catch {
            fail(error, unheard: taken[index...])
        }
    }

    /// Settles what was taken, in order; after an error `index` stands behind the entry that met it.
    private func settle(_ taken: inout [IntakeEntry], _ index: inout Int) throws(EngineError) {
        cohort.hear(taken.count, at: SequencerClock.monotonicNanoseconds())
        while index < taken.count {
            index += 1
            try settle(taken[index - 1])
        }
        taken.removeAll(keepingCapacity: true)
        index = 0
    }

    private func settle(_ entry: IntakeEntry) throws(EngineError) {
        do { try handle(entry) } catch {
            entry.fail(error)
            throw error
        }
    }

    private func handle(_ entry: IntakeEntry) throws(EngineError) {
        switch entry {
        case .command(let command, let context, let reply):
            settlements.add(reply, try decide(command, context))
        case .requests(let requests, let reply):
            var results: [Result<Committed<Answer>, EngineError>] = []
            results.reserveCapacity(requests.count)
            for request in requests { results.append(try decide(request.command, request.context)) }
            settlements.add(reply, results)
        case .advance(let target, let reply):
            try advance(to: target, reply)
        case .advanceBy(let span, let reply):
            try advance(to: clock.now + span, reply)
        case .inspect(let look, let reply):
            try commit()
            look(core.state)
            reply.resume(returning: .success(core.state.lastSequence))
        }
    }

    private func advance(to target: Timestamp, _ reply: IntakeEntry.Reply<Timestamp>) throws(EngineError) {
        guard clock.isVirtual else { return reply.resume(returning: .failure(.clockIsNotVirtual)) }
        guard try fireTimers(upTo: target) else { return reply.resume(returning: .failure(.noSpace)) }
        clock.advance(to: target)
        settlements.add(reply, clock.now)
    }

    private func decide(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<Answer>, EngineError> {
        while true {
            guard try hasRoomForBatch() else { return .failure(.noSpace) }
            switch try deciding({ core throws(ApplyError) in try core.decide(command, context, at: clock.now)
            })
            {
            case .answered(let answer): return .success(Committed(answer, sequence: core.state.lastSequence))
            case .refused(let refusal): return .failure(.refused(refusal))
            case .batchFull: try commit()
            }
        }
    }

    /// Fires what is due up to `moment`; under a virtual clock each timer at its own time.
    ///
    /// False when the disk has no room: the timers stay due.
    private func fireTimers(upTo moment: Timestamp) throws(EngineError) -> Bool {
        while let due = core.state.nextTimer, due <= moment {
            guard try hasRoomForBatch() else { return false }
            if clock.isVirtual { clock.advance(to: due) }
            let now = clock.isVirtual ? clock.now : moment
            if try deciding({ core throws(ApplyError) in try core.decideDue(at: now) }) { try commit() }
        }
        return true
    }

    /// Runs a step of the core; an event that it can't apply to its own state ends the engine.
    private func deciding<Value>(
        _ step: (inout SequencerCore) throws(ApplyError) -> Value
    ) throws(EngineError) -> Value {
        do { return try step(&core) } catch { throw .inconsistent(error) }
    }

    /// Room for the largest batch is there before anything is decided, so that no decided event meets a full disk.
    private func hasRoomForBatch() throws(EngineError) -> Bool {
        let before = room.withLock { $0 }
        if before == .there { return true }
        do { try log.reserve() } catch LogError.noSpace {
            if before != .missing {
                logger.error("no space left for the log: commands are refused until there is")
            }
            room.withLock { $0 = .missing }
            return false
        } catch {
            throw .outcomeUnknown(error)
        }
        room.withLock { $0 = .there }
        guard let clockKind = unrecorded else { return true }
        unrecorded = nil
        let now = clock.now
        let opening = EpochOpening(of: log, clock: clockKind)
        try deciding { core throws(ApplyError) in
            try core.decideOpening(opening, at: now)
        }
        return true
    }

    /// Makes the batch under way durable, publishes it and answers those who wait for it.
    private func commit() throws(EngineError) {
        guard !core.events.isEmpty else {
            settlements.settle()
            return cohort.answer(waiting: intake.count, append: 0, at: SequencerClock.monotonicNanoseconds())
        }
        let start = SequencerClock.monotonicNanoseconds()
        do { try log.append(core) } catch { throw .outcomeUnknown(error) }
        let append = SequencerClock.monotonicNanoseconds() - start
        room.withLock { $0 = .unknown }
        let bytes = core.bytes.count
        let readers = CommittedBatch(core.finishBatch(), bytes: bytes).map { feed.publish($0) } ?? []
        let waiting = intake.count
        // Callers first: they are what the next batch is made of.
        settlements.settle()
        for reader in readers { reader.resume() }
        cohort.answer(waiting: waiting, append: append, at: SequencerClock.monotonicNanoseconds())
    }

    /// Monotonic nanoseconds at which the thread has something to do that nobody will wake it for: a timer (not
    /// under a virtual clock, which waits for nobody), or another look for room.
    private var timerDeadline: Int64? {
        let now = SequencerClock.monotonicNanoseconds()
        if isWaitingForRoom { return now + 1_000_000_000 }
        guard !clock.isVirtual, let due = core.state.nextTimer else { return nil }
        let (deadline, overflow) = now.addingReportingOverflow(max(0, (due - clock.now).nanoseconds))
        return overflow ? nil : deadline
    }

    private func finish() {
        do {
            try log.close()
            feed.end()
            ending.reach(.success(()))
        } catch {
            feed.end()
            ending.reach(.failure(.log(error)))
        }
    }

    /// The log failed: whoever waits for the batch under way can't know; whoever was not heard yet was not written.
    private func fail(_ error: EngineError, unheard: ArraySlice<IntakeEntry>) {
        logger.critical("the engine stops: \(error)")
        intake.close()
        settlements.fail(error)
        for entry in unheard { entry.fail(.closed) }
        var late: [IntakeEntry] = []
        _ = intake.take(into: &late, until: nil)
        for entry in late { entry.fail(.closed) }
        if !log.isPoisoned { log.abandon() }
        feed.end()
        ending.reach(.failure(error))
    }

    /// Lets go of the lock; called by the thread as it fails, or once it has ended.
    ///
    /// A poisoned log keeps its lock until then: while it is held, readers stop at what is durable.
    func release() {
        releasing.withLock { _ in
            do { try log.close() } catch { logger.error("the log was not closed in order: \(error)") }
        }
    }
}
