import Logging
import Orchestration
import Synchronization

/// One run of a worker: from its registration until its last job is reported.
///
/// Three sorts of tasks share it: one takes leases, one a job runs the closure and reports what became of it, and the
/// watch sends the heartbeats and ends the grace.
final class WorkerRun: Sendable {
    enum Phase: Sendable {
        case working
        /// Takes nothing more; what runs may go on until then, on the worker's clock.
        case finishing(until: Duration)
        /// Takes nothing more; what runs is cancelled and given back.
        case stopping
        /// The engine takes no word from the worker any more.
        case failed(EngineError)
    }

    /// A question to the engine that the end of the run cancels.
    typealias Asking = Task<Result<[Lease], EngineError>, Never>

    private struct State {
        var phase = Phase.working
        var running: [LeaseToken: RunningJob] = [:]
        var asking: Asking?
    }

    let engine: Engine
    let worker: WorkerSpecification
    let options: WorkOptions
    let handler: JobHandler
    let context: CommandContext
    let clock: WorkClock
    let logger: Logger
    /// Raised when a slot is free, and when nothing more is to be taken.
    let taking: AsyncSignal
    /// Raised when the watch has to look anew when it is needed next.
    let watching: AsyncSignal
    private let state = Mutex(State())

    init(_ worker: JobWorker) {
        engine = worker.engine
        self.worker = worker.specification
        options = worker.options
        handler = worker.handler
        context = CommandContext(actor: options.actor ?? self.worker.name)
        clock = WorkClock(options.clock)
        taking = AsyncSignal(clock)
        watching = AsyncSignal(clock)
        var logger = options.logger
        logger[metadataKey: "worker"] = "\(self.worker.name)"
        self.logger = logger
    }

    var phase: Phase { state.withLock { $0.phase } }
    var running: [RunningJob] { state.withLock { Array($0.running.values) } }
    var isTaking: Bool { if case .working = phase { true } else { false } }
    var freeSlots: Int { Int(worker.slots) - state.withLock { $0.running.count } }

    /// Returns when the worker was told to end and every job is reported; throws what ended the engine, or its refusal
    /// of the worker.
    @concurrent
    func run() async throws(EngineError) {
        if isTaking { await register() }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watch() }
            while let leases = await self.nextLeases() {
                for job in self.begin(leases) { group.addTask { await self.work(job) } }
            }
        }
        if case .failed(let error) = phase { throw error }
    }

    /// Takes nothing more from now on; what runs has the grace to end.
    func finish() {
        let graceEnd = clock.now + options.grace
        end(.finishing(until: graceEnd)) { phase in if case .working = phase { true } else { false } }
        for job in running { job.drain() }
    }

    /// Takes nothing more from now on; what runs is cancelled and given back.
    func stop() {
        end(.stopping) { phase in
            switch phase {
            case .working, .finishing: true
            case .stopping, .failed: false
            }
        }
        for job in running { job.stop() }
    }

    /// The engine can't be worked with any more.
    func fail(_ error: EngineError) {
        let isNews = end(.failed(error)) { phase in if case .failed = phase { false } else { true } }
        if isNews { logger.error("the worker stops: \(error)") }
        for job in running { job.stop() }
    }

    @discardableResult
    private func end(_ phase: Phase, from isOpen: (Phase) -> Bool) -> Bool {
        let (isNews, asking) = state.withLock { state -> (Bool, Asking?) in
            guard isOpen(state.phase) else { return (false, nil) }
            state.phase = phase
            return (true, state.asking)
        }
        asking?.cancel()
        taking.raise()
        watching.raise()
        return isNews
    }

    /// Keeps the request for work where the end of the run finds it; cancelled at once if that has come.
    func hold(_ asking: Asking?) {
        let isOver = state.withLock { state in
            state.asking = asking
            if case .working = state.phase { return false }
            return true
        }
        if isOver { asking?.cancel() }
    }

    /// Takes leases into the worker's hands; what came too late is only given back.
    private func begin(_ leases: [Lease]) -> [RunningJob] {
        let now = clock.now
        let jobs = leases.map { RunningJob($0, at: now) }
        let isTooLate = state.withLock { state in
            for job in jobs { state.running[job.lease.token] = job }
            if case .working = state.phase { return false }
            return true
        }
        if isTooLate { for job in jobs { job.stop() } }
        watching.raise()
        return jobs
    }

    private func work(_ job: RunningJob) async {
        let outcome = await job.perform { await self.handler.outcome(of: job, in: self) }
        await report(job, outcome)
        state.withLock { $0.running[job.lease.token] = nil }
        taking.raise()
        watching.raise()
    }
}
