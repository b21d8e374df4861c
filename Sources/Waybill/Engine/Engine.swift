package import EventLog

/// An event-sourced orchestration engine inside the hosting process.
///
/// Every command is decided by one sequencer, becomes events in the log, and is answered when they are durable.
/// Read models are folded from what is durable. Dropping the last reference closes the log as ``close()`` does,
/// without waiting for it.
///
/// ```swift
/// let engine = try await Engine.open(at: "/var/lib/jobs")
/// let job = try await engine.create(JobSpecification(kind: "invoice"), by: CommandContext(actor: "billing"))
/// await engine.caughtUp(to: job.sequence)
/// print(await engine.jobs[job.value]?.state ?? .ready)
/// try await engine.close()
/// ```
///
/// Every command returns after its batch is durable, and throws ``EngineError``:
/// ``EngineError/refused(_:)`` with the domain's reason, ``EngineError/outcomeUnknown(_:)`` when the log failed under it,
/// and other cases when nothing was written. What takes a list does all of it or none.
public final class Engine: Sendable {
    /// What stood in the directory, and what opening it did.
    package let opening: Opening
    /// Sizes of segments, batches, commands and payloads.
    package let limits: LogLimits
    /// Jobs by number, state, queue, kind, tag, machine, worker and time.
    public let jobs: JobsModel
    /// Queues: counts by state, how long the oldest waits, how attempts ended.
    public let queues: QueuesModel
    /// Workers: what they are, what they hold, how their attempts ended.
    public let workers: WorkersModel
    /// Dead jobs, grouped by what killed them.
    public let deadLetters: DeadLettersModel
    /// What happened in each interval, and how long jobs waited and ran.
    public let throughput: ThroughputModel
    /// The inbox: suggestions that wait for a decision.
    public let suggestions: SuggestionsModel
    /// Machines: what they have, and how much of it is leased.
    public let machines: MachinesModel
    /// Convergence curves.
    public let series: SeriesModel
    /// Jobs with tasks, and how far these have come.
    public let tasks: TasksModel

    let log: ReadableLog
    let lookup: EventLookup
    let sequencer: SequencerThread
    let curves: CurveModels
    let progress: ProjectionWatermark
    private let health: ReadHealth
    private let pump: Task<Void, Never>
    /// What is looked at once the sequencer has failed.
    let lastState: LastState

    init(_ parts: consuming EngineBootstrap) {
        opening = parts.opening
        limits = parts.options.limits
        jobs = parts.models.jobs
        queues = parts.models.queues
        workers = parts.models.workers
        deadLetters = parts.models.deadLetters
        throughput = parts.models.throughput
        suggestions = parts.models.suggestions
        machines = parts.models.machines
        series = parts.models.series
        tasks = parts.models.tasks
        log = parts.log
        lookup = EventLookup(parts.log)
        sequencer = parts.sequencer
        lastState = LastState(parts.log, parts.coreLimits)
        progress = parts.models.progress
        curves = CurveModels(jobs: jobs, series: series, watch: parts.models.watch)
        let (feed, log, logger) = (parts.sequencer.feed, parts.log, parts.options.logger)
        let health = ReadHealth()
        self.health = health
        let pump = ReadModelPump(
            models: parts.models,
            feed: feed,
            log: log,
            logger: logger,
            health: health
        )
        let folded = parts.folded
        self.pump = Task { await pump.run(after: folded) }
    }

    deinit {
        sequencer.intake.close()
    }

    /// Opens the log in `directory`, which is created if it isn't there, and begins to serve.
    ///
    /// Throws ``EngineError/log(_:)`` when another process holds the log, or when it is damaged (it is then left
    /// as it is), and the other cases when its events can't be understood.
    public static func open(
        at directory: String,
        options: EngineOptions = EngineOptions()
    ) async throws(EngineError) -> Engine {
        let files: RealDisk
        do {
            files = try RealDisk(directory, allowNetwork: options.allowsNetworkFileSystem)
        } catch {
            throw .log(error)
        }
        return try await open(files, options)
    }

    /// An engine whose log is in memory: for tests, behind the same API.
    ///
    /// Throws ``EngineError/noThread(errno:)``, and nothing else.
    public static func inMemory(options: EngineOptions = EngineOptions()) async throws(EngineError) -> Engine
    {
        try await open(MemoryDisk(), options)
    }

    /// Opens a log on any file system.
    package static func open(_ files: any LogFS, _ options: EngineOptions) async throws(EngineError) -> Engine
    {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            Engine(try await EngineBootstrap.open(files, options))
        }
    }

    /// The last sequence that is durable; 0 before the first event.
    public var durableSequence: UInt64 { sequencer.feed.durable }

    /// Waits until the read models show everything up to `sequence`: with the sequence of a ``Committed`` answer, read
    /// your own write.
    ///
    /// Returns false when the engine, or its read models, have stopped before they got there, or the task was cancelled.
    @discardableResult
    public func caughtUp(to sequence: UInt64) async -> Bool {
        await progress.caughtUp(to: sequence)
    }

    /// Why a read model doesn't show what is durable, when it doesn't.
    package var reasonOfLag: EngineError { health.failure ?? (Task.isCancelled ? .callerGone : .closed) }

    /// How often what was refused since the engine was opened, by `Refusal/name`: a stale worker's attempts
    /// count under `leaseLost`.
    package var refusalCounts: [String: Int] { sequencer.refusals.all }

    /// Whether commands are taken, and if not, why.
    public var condition: EngineCondition {
        switch sequencer.termination.withLock({ $0 }) {
        case .success: return .closed
        case .failure(let error): return .failed(error)
        case nil: break
        }
        guard case .serving = sequencer.health.condition, let failure = health.failure else {
            return sequencer.health.condition
        }
        return .readModelStopped(failure)
    }

    /// Looks whether every file of the log is there, as long as it was written; where one isn't, no command is taken any more.
    ///
    /// Costs some microseconds a file. Who writes also looks by itself, with every batch.
    ///
    /// Throws ``EngineError/log(_:)`` with what is missing.
    package func examineLog() async throws(EngineError) {
        let log = log
        do throws(EngineError) {
            try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
                try log.examine()
            }
        } catch {
            if error.damage != nil { _ = await sequencer.termination.wait { $0 } }
            throw error
        }
    }

    /// Takes nothing more, writes what waits, syncs, marks the log as closed and lets go of it.
    ///
    /// Throws the failure that ended the engine before; the log can then be opened again.
    public func close() async throws(EngineError) {
        sequencer.intake.close()
        let result = await sequencer.termination.wait { $0 }
        if case .failure = result { sequencer.release() }
        // The feed has ended: the pump folds what is left and stops by itself.
        await pump.value
        try result.get()
    }
}
