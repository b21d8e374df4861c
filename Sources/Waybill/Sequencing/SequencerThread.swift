import EventLog
import Logging
import Orchestration
import Synchronization

/// The sequencer's thread: takes what waits, has it decided and made durable, publishes it, and answers.
///
/// What waits when the thread comes back from a sync is the next batch, with the ``Cohort`` that the sync answered.
// Sendable unchecked: everything but `intake`, `feed`, `ending`, `refusals`, `tally`, `isWaitingForRoom` and `doubt` is touched by the
// opening before ``start()``, then by the thread only, and `sequencer.log` after that thread's end by `release()`, under
// `releasing`.
final class SequencerThread: @unchecked Sendable {
    let intake: Intake
    let feed: Feed
    let ending = SequencerTermination()
    let refusals = RefusalCounts()
    let tally = WriteMetrics()
    let sequencer: Sequencer
    var clock: SequencerClock
    var settlements = PendingReplies()
    var waiting = WaitingDispatches()
    private var cohort = GroupCommitPacer()
    /// Batches appended since the callers were last awaited, and the nanoseconds that it took.
    private var appends = (count: 0, nanoseconds: Int64(0))
    let isWaitingForRoom = Atomic(false)
    /// Nanoseconds by which the wall clock is ahead and not believed.
    let doubt = Atomic<Int64>(0)
    let logger: Logger
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
        followClock()
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
        case nil: isWaitingForRoom.load(ordering: .relaxed) ? .waitingForRoom : conditionOfClock
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
                followClock()
                _ = try fireTimers(upTo: clock.now)
                try settle(&taken, &index)
                while cohort.isAwaited(at: ClockReadings.monotonicNanoseconds()) {
                    intake.spin(until: cohort.deadline)
                    guard intake.count > 0, intake.take(into: &taken, until: nil) else { break }
                    try settle(&taken, &index)
                }
                // What the batch unblocked, and who waited for it, goes with it.
                _ = try fireTimers(upTo: clock.now)
                try serveWaiting()
                try commit()
                // After several appends the batch was full: there is nothing to wait for.
                let append = appends.count == 1 ? appends.nanoseconds : 0
                cohort.answer(append: append, at: ClockReadings.monotonicNanoseconds())
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
        cohort.hear(taken.count, at: ClockReadings.monotonicNanoseconds())
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
        case .dispatch(let request, let context, let caller, let reply):
            try handle(request, context, caller, reply)
        case .wake: waiting.stir()
        case .readClock(let reply): reply.resume(returning: .success(clock.now))
        case .countWaiting(let reply): reply.resume(returning: .success(waiting.count))
        case .acceptClock(let reply): try acceptClock(reply)
        case .requests(let requests, let reply):
            var results: [Result<Committed<CommandResult>, EngineError>] = []
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

    func decide(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<CommandResult>, EngineError> {
        // Commands at one virtual moment leave the same events in one batch and in many.
        if clock.isVirtual { _ = try fireTimers(upTo: clock.now) }
        return try decideNow(command, context)
    }

    /// Decides though timers may be due.
    func decideNow(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<CommandResult>, EngineError> {
        while try hasRoom() {
            switch try sequencer.decide(command, context, at: clock.now) {
            case .answered(let answer):
                refusals.note(answer)
                return .success(Committed(answer, sequence: sequencer.core.state.lastSequence))
            case .refused(let refusal):
                refusals.note(refusal)
                return .failure(.refused(refusal))
            case .batchFull: try commit()
            }
        }
        // A full disk must not cost a healthy worker its lease.
        if case .heartbeat(let token, _) = command { sequencer.extend(token, at: clock.now) }
        return .failure(.noSpace)
    }

    func hasRoom() throws(EngineError) -> Bool {
        let isThere = try sequencer.hasRoom(at: clock.now)
        if isThere == isWaitingForRoom.load(ordering: .relaxed) {
            if !isThere { logger.error("no space left for the log: commands are refused until there is") }
            isWaitingForRoom.store(!isThere, ordering: .relaxed)
        }
        return isThere
    }

    /// Makes the batch under way durable, publishes it and answers those who wait for it.
    func commit() throws(EngineError) {
        let start = ClockReadings.monotonicNanoseconds()
        let bytes = sequencer.core.bytes.count
        guard let events = try sequencer.append() else {
            cohort.note(waiting: intake.count)
            return settlements.settle()
        }
        appends.count += 1
        let end = ClockReadings.monotonicNanoseconds()
        appends.nanoseconds += end - start
        tally.note(events: events.count, bytes: sequencer.log.bytesWritten, from: start, to: end)
        let readers = CommittedBatch(events, bytes: bytes).map { feed.publish($0) } ?? []
        cohort.note(waiting: intake.count)
        // Callers first: they are what the next batch is made of.
        settlements.settle()
        for reader in readers { reader.resume() }
    }

    private func finish() {
        waiting.end(.closed)
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
        waiting.end(error.forTheUnheard)
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
