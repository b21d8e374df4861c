import EventLog
import Orchestration

/// The opening: judge the log, fold it, record the epoch; then everything that an engine is made of.
struct EngineBootstrap: ~Copyable {
    let opening: Opening
    let log: ReadableLog
    let coreLimits: CoreLimits
    let models: ReadModels
    /// The last sequence that the models show.
    let folded: UInt64
    let sequencer: SequencerThread
    let options: EngineOptions

    static func open(_ files: any LogFS, _ options: EngineOptions) async throws(EngineError)
        -> EngineBootstrap
    {
        let log = try openLog(files, options)
        if options.requiresNewLog, log.lastSequence > 0 { throw .holdsLog(lastSequence: log.lastSequence) }
        var fold = LogFold(
            limits: options.limits,
            mustConfigureQueues: options.mustConfigureQueues
        )
        try await fold.read(EventReader(replaying: log))
        guard fold.state.lastSequence == log.lastSequence else {
            throw .inconsistent(
                .sequenceGap(expected: log.lastSequence + 1, found: fold.state.lastSequence + 1)
            )
        }

        let feed = Feed(capacity: options.feedEvents, durable: fold.state.lastSequence, epochs: fold.epochs)
        let clock = SequencerClock(
            options.clock,
            floor: fold.state.lastTime,
            isKnown: fold.state.clock == options.clock.kind,
            at: options.clockSource.read()
        )
        let (inventory, intake) = (log.inventory, Intake(capacity: options.intakeCapacity))
        let seed = options.seed ?? .random(in: 0 ... .max)
        let sequencer = SequencerThread(
            Sequencer(
                recording: options.epochTerms,
                builder: BatchBuilder(state: fold.state, limits: options.limits, seed: seed),
                clock: clock,
                longestLine: options.intakeCapacity
            ),
            log,
            source: options.clockSource,
            intake: intake,
            feed: feed,
            logger: options.logger
        )
        let opening = try sequencer.open()
        try sequencer.start()
        return EngineBootstrap(
            opening: opening,
            log: ReadableLog(files, inventory, intake),
            coreLimits: fold.state.limits,
            models: fold.models,
            folded: fold.state.lastSequence,
            sequencer: sequencer,
            options: options
        )
    }

    private static func openLog(_ files: any LogFS, _ options: EngineOptions) throws(EngineError)
        -> sending LogWriter
    {
        var log = LogOptions()
        log.durability = options.durability
        log.limits = options.limits
        do { return try LogWriter.open(files, log) } catch { throw .log(error) }
    }
}
