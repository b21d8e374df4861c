import EventLog
import Orchestration

/// The opening: judge the log, fold it, record the epoch; then everything that an engine is made of.
struct EngineParts: ~Copyable {
    let opening: Opening
    let files: any LogFS
    let models: ReadModels
    let epochs: EpochTable
    let sequencer: Sequencer
    let options: EngineOptions

    static func open(_ files: any LogFS, _ options: EngineOptions) async throws(EngineError) -> EngineParts {
        let log = try openLog(files, options)
        let opening = log.opening
        var fold = LogFold(limits: options.limits)
        try await fold.read(files)

        let clock = SequencerClock(options.clock, floor: fold.state.lastTime)
        var core = SequencerCore(
            state: fold.state,
            limits: options.limits,
            seed: options.seed ?? .random(in: 0 ... .max)
        )
        let opened = EngineOpened(epoch: log.epoch, clock: options.clock.kind)
        let quarantined = opening.quarantined.map { LogQuarantined(file: $0.name, bytes: $0.bytes) }
        do { try core.decideOpening(opened, quarantined: quarantined, at: clock.now) } catch {
            throw .inconsistent(error)
        }
        do throws(LogError) {
            try log.reserve()
            try log.append(core)
        } catch {
            throw .log(error)
        }
        await fold.see(core.finishBatch())

        let feed = Feed(capacity: options.feedEvents, durable: core.state.lastSequence)
        return EngineParts(
            opening: opening,
            files: files,
            models: fold.models,
            epochs: fold.epochs,
            sequencer: Sequencer(
                log: log,
                core: core,
                clock: clock,
                intake: Intake(capacity: options.intakeCapacity),
                feed: feed,
                logger: options.logger
            ),
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
