import EventLog
import Logging
import Orchestration
import Synchronization

/// The sequencer's thread: takes what waits, has it decided and made durable, publishes it, and answers.
///
/// What waits when the thread comes back from a sync is the next batch, with the ``Cohort`` that the sync answered.
// Sendable unchecked: everything but `intake`, `feed`, `ending` and `isWaitingForRoom` is touched by the opening
// before ``start()``, then by the thread only, and `sequencer.log` after that thread's end by `release()`, under
// `releasing`.
final class SequencerThread: @unchecked Sendable {
    let intake: Intake
    let feed: Feed
    let ending = Ending()
    private let sequencer: Sequencer
    private var clock: SequencerClock
    private var settlements = Settlements()
    private var cohort = Cohort()
    /// Batches appended since the callers were last awaited, and the nanoseconds that it took.
    private var appends = (count: 0, nanoseconds: Int64(0))
    private let isWaitingForRoom = Atomic(false)
    private let logger: Logger
    /// Callers of ``release()``, one at a time.
    private let releasing = Mutex(())

    init(
        _ sequencer: sending Sequencer,
        clock: SequencerClock,
        intake: Intake,
        feed: Feed,
        logger: Logger
    ) {
        self.sequencer = sequencer
        self.clock = clock
        self.intake = intake
        self.feed = feed
        self.logger = logger
    }

    /// Records the epoch if the disk has room for it; else that comes before the first command that finds room.
    ///
    /// Called once, before ``start()``; gives what opening the log found.
    func open() throws(EngineError) -> Opening {
        do {
            if try hasRoom() { try commit() }
        } catch .logFailed(let error) {
            throw .log(error)
        } catch {
            throw error
        }
        return sequencer.log.opening
    }

    var condition: EngineCondition {
        switch ending.result {
        case .success: .closed
        case .failure(let error): .failed(error)
        case nil: isWaitingForRoom.load(ordering: .relaxed) ? .waitingForRoom : .serving
        }
    }

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
                if isWaitingForRoom.load(ordering: .relaxed) { _ = try hasRoom() }
                if !clock.isVirtual { _ = try fireTimers(upTo: clock.now) }
                try settle(&taken, &index)
                while cohort.isAwaited(at: SequencerClock.monotonicNanoseconds()) {
                    intake.spin(until: cohort.deadline)
                    guard intake.count > 0, intake.take(into: &taken, until: nil) else { break }
                    try settle(&taken, &index)
                }
                try commit()
                // After several appends the batch was full: there is nothing to wait for.
                let append = appends.count == 1 ? appends.nanoseconds : 0
                cohort.answer(append: append, at: SequencerClock.monotonicNanoseconds())
                appends = (0, 0)
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
            for request in requests {
                do throws(EngineError) { results.append(try decide(request.command, request.context)) } catch
                {
                    // A group may span batches: what was decided before may be in the log.
                    throw results.isEmpty ? error : error.forTheDecided
                }
            }
            settlements.add(reply, results)
        case .advance(let target, let reply):
            try advance(to: target, reply)
        case .advanceBy(let span, let reply):
            try advance(to: clock.now + span, reply)
        case .inspect(let look, let reply):
            try commit()
            look(sequencer.core.state)
            reply.resume(returning: .success(sequencer.core.state.lastSequence))
        }
    }

    private func advance(to target: Timestamp, _ reply: IntakeEntry.Reply<Timestamp>) throws(EngineError) {
        guard clock.isVirtual else { return reply.resume(returning: .failure(.clockIsNotVirtual)) }
        do throws(EngineError) {
            guard try fireTimers(upTo: target) else { return reply.resume(returning: .failure(.noSpace)) }
        } catch {
            // Timers on the way may be in the log.
            throw error.forTheDecided
        }
        clock.advance(to: target)
        settlements.add(reply, clock.now)
    }

    private func decide(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<Answer>, EngineError> {
        while try hasRoom() {
            switch try sequencer.decide(command, context, at: clock.now) {
            case .answered(let answer):
                return .success(Committed(answer, sequence: sequencer.core.state.lastSequence))
            case .refused(let refusal): return .failure(.refused(refusal))
            case .batchFull: try commit()
            }
        }
        return .failure(.noSpace)
    }

    /// Fires what is due up to `moment`; under a virtual clock each timer at its own time.
    ///
    /// False when the disk has no room: the timers stay due.
    private func fireTimers(upTo moment: Timestamp) throws(EngineError) -> Bool {
        while let due = sequencer.core.state.nextTimer, due <= moment {
            guard try hasRoom() else { return false }
            if clock.isVirtual { clock.advance(to: due) }
            if try sequencer.decideDue(at: clock.isVirtual ? clock.now : moment) { try commit() }
        }
        return true
    }

    private func hasRoom() throws(EngineError) -> Bool {
        let isThere = try sequencer.hasRoom(at: clock.now)
        if isThere == isWaitingForRoom.load(ordering: .relaxed) {
            if !isThere { logger.error("no space left for the log: commands are refused until there is") }
            isWaitingForRoom.store(!isThere, ordering: .relaxed)
        }
        return isThere
    }

    /// Makes the batch under way durable, publishes it and answers those who wait for it.
    private func commit() throws(EngineError) {
        let start = SequencerClock.monotonicNanoseconds()
        let bytes = sequencer.core.bytes.count
        guard let events = try sequencer.append() else {
            cohort.note(waiting: intake.count)
            return settlements.settle()
        }
        appends.count += 1
        appends.nanoseconds += SequencerClock.monotonicNanoseconds() - start
        let readers = CommittedBatch(events, bytes: bytes).map { feed.publish($0) } ?? []
        cohort.note(waiting: intake.count)
        // Callers first: they are what the next batch is made of.
        settlements.settle()
        for reader in readers { reader.resume() }
    }

    /// Monotonic nanoseconds at which the thread has something to do that nobody will wake it for: a timer (not
    /// under a virtual clock, which waits for nobody), or another look for room.
    private var timerDeadline: Int64? {
        let now = SequencerClock.monotonicNanoseconds()
        if isWaitingForRoom.load(ordering: .relaxed) { return now + 1_000_000_000 }
        guard !clock.isVirtual, let due = sequencer.core.state.nextTimer else { return nil }
        let (deadline, overflow) = now.addingReportingOverflow(max(0, (due - clock.now).nanoseconds))
        return overflow ? nil : deadline
    }

    private func finish() {
        do {
            try sequencer.log.close()
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
        intake.close(error.forTheUnheard)
        settlements.fail(error.forTheDecided)
        for entry in unheard { entry.fail(error.forTheUnheard) }
        var late: [IntakeEntry] = []
        _ = intake.take(into: &late, until: nil)
        for entry in late { entry.fail(error.forTheUnheard) }
        if !sequencer.log.isPoisoned { sequencer.log.abandon() }
        feed.end()
        ending.reach(.failure(error))
    }

    /// Lets go of the lock, once the thread has ended by a failure.
    ///
    /// A poisoned log keeps its lock until then: while it is held, readers stop at what is durable.
    func release() {
        releasing.withLock { _ in
            do { try sequencer.log.close() } catch {
                logger.error("the log was not closed in order: \(error)")
            }
        }
    }
}
