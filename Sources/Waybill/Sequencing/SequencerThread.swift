import EventLog
import Logging
import Orchestration
import Synchronization

/// The sequencer's thread: takes what waits, asks the ``Sequencer`` what is to be done, and does it.
///
/// A thread, because it blocks in `fdatasync`, and the cooperative pool has one thread a core.
// Sendable unchecked: `sequencer`, `log`, `taken`, `appendedAt` and `hasEnded` are touched by the opening before ``start()``,
// then by the thread only, and `log` after that thread's end by `release()`, under `releasing`.
final class SequencerThread: @unchecked Sendable {
    let intake: Intake
    let feed: Feed
    /// How it ended; nil while it runs.
    let termination = AsyncCondition<Result<Void, EngineError>?>(nil)
    let refusals = RefusalCounts()
    let metrics = WriteMetrics()
    let health: SequencerHealth
    /// What was durable when the log failed, where the state had not run ahead of it.
    let stateAtFailure = Mutex<State?>(nil)
    private let source: ClockSource
    private let log: LogWriter
    private var sequencer: Sequencer
    private var taken: [IntakeEntry] = []
    private var appendedAt: Int64 = 0
    private var hasEnded = false
    /// Callers of ``release()``, one at a time.
    private let releasing = Mutex(())

    init(
        _ sequencer: consuming sending Sequencer,
        _ log: sending LogWriter,
        source: ClockSource,
        intake: Intake,
        feed: Feed,
        logger: Logger
    ) {
        self.sequencer = sequencer
        self.log = log
        self.source = source
        self.intake = intake
        self.feed = feed
        health = SequencerHealth(logger: logger)
    }

    /// Records the epoch if the disk has room for it; else that comes before the first command that finds room.
    ///
    /// Called once, before ``start()``; gives what opening the log found.
    func open() throws(EngineError) -> Opening {
        while !hasEnded {
            let action = sequencer.next(at: source.read())
            guard case .take = action else {
                perform(action)
                continue
            }
            health.show(sequencer)
            return log.opening
        }
        guard case .failure(let error)? = termination.withLock({ $0 }) else { throw .closed }
        if case .logFailed(let cause) = error { throw .log(cause) }
        throw error
    }

    /// Starts the thread, which ends when the intake is closed and empty, or when the log fails.
    func start() throws(EngineError) {
        try WriterThread.start { [self] in
            while !hasEnded { perform(sequencer.next(at: source.read())) }
        }
    }

    private func perform(_ action: SequencerAction) {
        switch action {
        case .take(let wait):
            health.show(sequencer)
            if intake.take(into: &taken, wait) { sequencer.accept(&taken) } else { sequencer.close() }
        case .open(let terms): sequencer.opened(reserve().map { EpochOpening(of: log, terms) })
        case .reserve: sequencer.reserved(reserve())
        case .append(let batch):
            appendedAt = ClockSource.monotonicNanoseconds()
            write { () throws(LogError) in try log.send(batch) }
        case .awaitOldest:
            write { () throws(LogError) in
                try log.awaitOldest()
                sequencer.oldestIsDurable(at: source.read())
            }
        case .publish(let batch, let answers): publish(batch, answers)
        case .refuse(let reason):
            health.showFailure(reason)
            intake.close(reason)
            _ = intake.take(into: &taken, .none)
            sequencer.accept(&taken)
        case .end(let result): end(result)
        }
    }

    private func reserve() -> Result<Void, LogError> {
        Result { () throws(LogError) in try log.reserve() }
    }

    private func write(_ body: () throws(LogError) -> Void) {
        do throws(LogError) { try body() } catch { sequencer.appendFailed(error) }
    }

    private func publish(_ batch: CommittedBatch?, _ answers: [Answer]) {
        var readers: [AsyncCondition<Void>.Wakeup] = []
        if let batch {
            let now = ClockSource.monotonicNanoseconds()
            metrics.record(
                batch,
                bytesWritten: log.bytesWritten,
                keys: sequencer.rememberedKeys,
                from: appendedAt,
                to: now
            )
            readers = feed.publish(batch)
        }
        // Whoever was turned away may ask why at once.
        health.show(sequencer)
        sequencer.answered(waiting: intake.count)
        // Callers first: they are what the next batch is made of.
        for answer in answers { answer.resume() }
        for reader in readers { reader() }
        refusals.count(answers)
    }

    private func end(_ result: Result<Void, EngineError>) {
        hasEnded = true
        var result = result
        if case .failure(let error) = result {
            health.reportStop(error)
            let state = sequencer.surrender()
            if state.lastSequence == feed.durable { stateAtFailure.withLock { $0 = state } }
            // A failed log keeps its lock until the engine is closed: while it is held, readers stop at what is durable.
            if !log.isPoisoned, error.damage == nil { log.abandon() }
        } else {
            do { try log.close() } catch { result = .failure(.log(error)) }
        }
        feed.end()
        termination.signal { [result] in $0 = result }
    }

    /// Lets go of the lock, once the thread has ended by a failure.
    func release() {
        releasing.withLock { _ in log.abandon() }
    }
}

extension LogWriter {
    fileprivate func send(_ batch: PendingBatch) throws(LogError) {
        precondition(batch.firstSequence == lastSequence + 1, "the state and the log are one history")
        // Unsafe for the duration of the call: the batch outlives it.
        try batch.payload.withUnsafeBytes { bytes in
            Result { () throws(LogError) in
                try send(bytes, count: batch.count, time: batch.time.nanoseconds)
            }
        }.get()
    }
}
