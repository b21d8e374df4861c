import EventLog
import Orchestration
import TestSupport
import Waybill

/// One seed: a few lives of one engine on one disk, each with its callers, its faults and its end, judged after
/// every recovery.
///
/// The log and the sequencer are the real ones; what drives them, the clocks and the callers are simulated.
package final class EngineSimulation {
    private let seed: UInt64
    private var random: SeededRandom
    private let workload: EngineWorkload
    private var commands: EngineCommands
    private let judge: EngineJudge
    private var disk = SimulatedDisk()
    private var oracle = EngineOracle()
    /// What happened to the disk since the last answer.
    private var loss = LogOracle.Loss.process
    private var wallTime = Timestamp(seconds: 1_700_000_000)
    private var lives: UInt64 = 0
    private var statistics = EngineStatistics()
    private let isTraced: Bool
    private var trace: [String] = []

    private init(seed: UInt64, isTraced: Bool, _ decoder: StandardDecoder) {
        self.seed = seed
        self.isTraced = isTraced
        random = SeededRandom(seed: seed ^ 0x656E_6769_6E65)
        workload = EngineWorkload(&random)
        commands = EngineCommands(random.split(), payloadBytes: RecoveredEngine.limits.payloadBytes)
        judge = EngineJudge(decoder: decoder, afterLies: workload.disk.diskLies)
    }

    /// Runs one seed; throws its failure.
    package static func run(
        seed: UInt64,
        isTraced: Bool = false,
        _ decoder: StandardDecoder
    ) throws(LogSimulation.Failure) -> (statistics: EngineStatistics, trace: [String]) {
        let simulation = EngineSimulation(seed: seed, isTraced: isTraced, decoder)
        do throws(Recovery.Complaint) {
            try simulation.run()
        } catch {
            simulation.noteCalls()
            throw LogSimulation.Failure(seed: seed, complaint: error.description, trace: simulation.trace)
        }
        return (simulation.statistics, simulation.trace)
    }

    private func run() throws(Recovery.Complaint) {
        statistics.log.seeds = 1
        note("\(workload.lives) lives\(workload.disk.diskLies ? " on a disk that lies" : "")")
        for _ in 0..<workload.lives {
            disk.recordsTrace = isTraced
            disk.faults = workload.disk.faults(on: disk, &random)
            if random.oneIn(6) { disk.capacity = disk.usedSpace + workload.spareRoom(&random) }
            if try live(isLast: false) == .refused { return }
            end()
        }
        disk.faults = []
        disk.capacity = nil
        _ = try live(isLast: true)
        noteCalls()
    }

    private enum Course { case lived, refused }

    /// Opens, judges what is there, records the epoch, and works until the steps or the luck run out.
    private func live(isLast: Bool) throws(Recovery.Complaint) -> Course {
        lives += 1
        let struckBefore = disk.faultsStruck
        let entropySeed = seed &* 31 &+ lives
        let durability = workload.disk.durability(&random)
        note("open, \(durability)")
        let writer: LogWriter
        do throws(LogError) {
            writer = try EngineJudge.open(disk, durability, seed: entropySeed)
        } catch {
            return try excuse(error, struckBefore)
        }
        // The power may go in a step whose failure the log may ignore.
        if disk.isDown { return .lived }
        let found = try judged(writer)
        oracle.adopt(found, afterLies: workload.disk.diskLies)
        loss = .process
        wallTime = wallTime + workload.pause(&random)
        let engine = SimulatedEngine(
            writer,
            found,
            oracle,
            durability,
            workload.clock,
            wallTime: wallTime,
            seed: entropySeed
        )
        engine.comeBack = { [self] engine in
            for _ in 0..<random.below(4) / 2 { offer(to: engine) }
        }
        if isTraced { engine.trace = { [self] line in note(line) } }
        defer {
            statistics.log.batches += engine.oracle.memories.count - found.batches.count
            statistics.add(engine.counts)
            oracle = engine.oracle
            wallTime = engine.now
        }
        try perform(on: engine, since: struckBefore) { () throws(SimulatedEngine.Stop) in
            try engine.run()
            try audit(writer)
            if engine.isServing && (isLast || random.oneIn(4)) { try recoverAgain(engine, durability) }
            for step in workload.steps(&random) { try perform(step, on: engine, struckBefore) }
        }
        try StateAudit.audit(engine.state)
        if engine.isServing && !workload.disk.diskLies {
            statistics.quarantined += try judge.judgeQuarantine(engine, from: found)
        }
        return .lived
    }

    private func audit(_ writer: LogWriter) throws(SimulatedEngine.Stop) {
        let faults = disk.faults
        disk.faults = []
        defer { disk.faults = faults }
        do throws(Recovery.Complaint) { try judge.audit(writer, on: disk) } catch { throw .wrong(error) }
    }

    /// A recovery of what was just recovered, on a copy of the disk that has no faults.
    private func recoverAgain(
        _ engine: SimulatedEngine,
        _ durability: Durability
    ) throws(SimulatedEngine.Stop) {
        if workload.disk.diskLies { return }
        do throws(Recovery.Complaint) {
            try judge.judgeAgain(engine, on: disk, durability)
            statistics.secondRecoveries += 1
        } catch {
            throw .wrong(error)
        }
    }

    private func perform(
        _ step: EngineStep,
        on engine: SimulatedEngine,
        _ struckBefore: Int
    ) throws(SimulatedEngine.Stop) {
        note("\(step)")
        let turnedAway = engine.counts.noRoom
        switch step {
        case .group(let count):
            for _ in 0..<count { offer(to: engine) }
            try engine.run()
        case .entry(let count):
            engine.offer(
                .group(commands.group(count, engine.state, engine.oracle.tokenList, recall: engine.recall))
            )
            try engine.run()
        case .advance(let span): try engine.advance(by: span)
        case .leave:
            engine.leave(&random)
            try engine.run()
        case .close:
            // Somebody asks just before.
            for _ in 0..<random.below(3) { offer(to: engine) }
            try engine.close()
            statistics.log.orderlyCloses += 1
        }
        if engine.counts.noRoom == turnedAway { return }
        if !isShort(since: struckBefore) { throw .log(.noSpace) }
        if random.oneIn(2) { disk.capacity = nil }
    }

    private func offer(to engine: SimulatedEngine) {
        let (command, context) = command(for: engine)
        engine.offer(.command(command, context))
    }

    private func command(for engine: SimulatedEngine) -> (command: Command, context: CommandContext) {
        commands.next(engine.state, engine.oracle.tokenList, recall: engine.recall)
    }

    /// Whether the disk may rightly be called full.
    private func isShort(since struck: Int) -> Bool { disk.capacity != nil || disk.faultsStruck > struck }

    /// Lets the log stop the work when a fault was its reason; then it must take nothing more.
    private func perform(
        on engine: SimulatedEngine,
        since struckBefore: Int,
        _ work: () throws(SimulatedEngine.Stop) -> Void
    ) throws(Recovery.Complaint) {
        do throws(SimulatedEngine.Stop) {
            try work()
        } catch {
            switch error {
            case .wrong(let complaint): throw complaint
            case .log(let error): try see(engine, stoppedBy: error, struckBefore)
            case .killed: break
            }
        }
    }

    private func see(
        _ engine: SimulatedEngine,
        stoppedBy error: LogError,
        _ struckBefore: Int
    ) throws(Recovery.Complaint) {
        note("  \(error)")
        if disk.faultsStruck == struckBefore {
            throw Recovery.Complaint(description: "the engine stops without a fault: \(error)")
        }
        if !disk.isDown && engine.takesMore {
            throw Recovery.Complaint(description: "after '\(error)' the log takes another batch")
        }
    }

    /// An opening that failed: right when a fault struck it, or when the disk has lied before.
    private func excuse(_ error: LogError, _ struckBefore: Int) throws(Recovery.Complaint) -> Course {
        note("open fails: \(error)")
        if disk.faultsStruck > struckBefore || (error == .noSpace && disk.capacity != nil) {
            statistics.log.interruptedOpenings += 1
            return .lived
        }
        if workload.disk.diskLies {
            statistics.log.refusalsAfterLies += 1
            return .refused
        }
        throw Recovery.Complaint(description: "the log does not open: \(error)")
    }

    /// What the opened log holds, checked without the faults that the disk has still to come.
    private func judged(_ writer: LogWriter) throws(Recovery.Complaint) -> RecoveredEngine {
        let faults = disk.faults
        disk.faults = []
        defer { disk.faults = faults }
        let found = try RecoveredEngine.replay(writer)
        note("opened with \(found.batches.count) batches, \(oracle.memories.count) promised, loss of \(loss)")
        try judge.judge(found, writer, oracle, after: loss)
        statistics.log.recoveries += 1
        return found
    }

    /// Ends a life: the process is killed, or the power goes.
    private func end() {
        noteCalls()
        if disk.hasLostPages { loss = .power }
        for (kind, count) in disk.faultsInjected { statistics.log.faults[kind, default: 0] += count }
        disk.forgetFaults()
        disk.capacity = nil
        if !disk.isDown && random.oneIn(3) {
            note("the process is killed")
            statistics.log.processKills += 1
            disk.killProcess()
            return
        }
        statistics.log.powerCuts += 1
        let point = disk.crashPoint()
        let choice = CrashSampler.choice(at: point, &random)
        note("the power goes:\n\(isTraced ? point.explain(choice) : "")")
        disk = SimulatedDisk(point.image(choice))
        loss = .power
    }

    // MARK: Trace

    private func note(_ line: @autoclosure () -> String) {
        if isTraced {
            noteCalls()
            trace.append(line())
        }
    }

    /// Moves the disk's calls since the last note into the trace.
    private func noteCalls() {
        trace += disk.takeTrace().map { "    \($0)" }
    }
}
