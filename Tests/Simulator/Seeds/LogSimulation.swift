import EventLog
import TestSupport

/// One seed: a few lives of one log, each with its work, its faults and its end, judged after every recovery.
public final class LogSimulation {
    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let seed: UInt64
        public let complaint: String
        /// What happened, in order; empty unless the run was traced.
        public let trace: [String]

        public var description: String {
            (["seed \(seed): \(complaint)"] + trace).joined(separator: "\n")
        }
    }

    private let seed: UInt64
    private var random: SeededRandom
    private let workload: SeededWorkload
    private let decoder: StandardDecoder
    private var disk = SimulatedDisk()
    private var oracle = LogOracle()
    /// What happened to the disk since the last answer.
    private var loss = LogOracle.Loss.process
    private var lives: UInt64 = 0
    private var statistics = SimulationStatistics()
    private let isTraced: Bool
    private var trace: [String] = []

    private init(seed: UInt64, isTraced: Bool, _ decoder: StandardDecoder) {
        self.seed = seed
        self.isTraced = isTraced
        self.decoder = decoder
        random = SeededRandom(seed: seed)
        workload = SeededWorkload(&random)
    }

    /// Runs one seed; throws its failure.
    public static func run(
        seed: UInt64,
        isTraced: Bool = false,
        _ decoder: StandardDecoder
    ) throws(Failure) -> (statistics: SimulationStatistics, trace: [String]) {
        let simulation = LogSimulation(seed: seed, isTraced: isTraced, decoder)
        do throws(Recovery.Complaint) {
            try simulation.run()
        } catch {
            simulation.noteCalls()
            throw Failure(seed: seed, complaint: error.description, trace: simulation.trace)
        }
        return (simulation.statistics, simulation.trace)
    }

    private func run() throws(Recovery.Complaint) {
        statistics.seeds = 1
        note("\(workload.lives) lives\(workload.diskLies ? " on a disk that lies" : "")")
        for _ in 0..<workload.lives {
            disk.recordsTrace = isTraced
            disk.faults = workload.faults(on: disk, &random)
            if random.oneIn(8) {
                disk.capacity = disk.usedSpace + random.below(3 * SimulatedLog.segmentBytes)
            }
            if try live() == .refused { return }
            end()
        }
        disk.faults = []
        disk.capacity = nil
        _ = try live()
        noteCalls()
    }

    private enum Course { case lived, refused }

    /// Opens, judges what is there, and works until the steps or the luck run out.
    private func live() throws(Recovery.Complaint) -> Course {
        lives += 1
        let struckBefore = disk.faultsStruck
        let entropySeed = seed &* 31 &+ lives
        let durability = workload.durability(&random)
        let shown = try looked()
        note("open, \(durability)")
        let log: SimulatedLog
        do throws(LogError) {
            log = try SimulatedLog(on: disk, durability, entropySeed: entropySeed)
        } catch {
            return try excuse(error, struckBefore)
        }
        // The power may go in a step whose failure the log may ignore.
        if disk.isDown { return .lived }
        try judge(log)
        if let shown, shown != log.replayed {
            throw Recovery.Complaint(
                description: "readers were shown \(shown.count) batches, and the writer finds another history"
            )
        }
        oracle.adopt(log.replayed)
        loss = .process
        do throws(LogError) {
            try log.recover()
        } catch {
            return try excuse(error, struckBefore)
        }
        if disk.isDown { return .lived }
        try audit(log)
        let found = log.replayed
        let opened = Recovery.Found(log: log, batches: found)
        let process = SimulatedProcess(opened, oracle, durability, seed: entropySeed)
        defer {
            statistics.batches += process.oracle.promised.count - found.count
            statistics.orderlyCloses += process.orderlyCloses
            oracle = process.oracle
        }
        try work(process, struckBefore)
        return .lived
    }

    /// What readers are shown between two lives, in some of them: the next writer must find the same.
    private func looked() throws(Recovery.Complaint) -> [RememberedBatch]? {
        guard !workload.diskLies, random.oneIn(4) else { return nil }
        var shown: [RememberedBatch] = []
        try withoutFaults { () throws(Recovery.Complaint) in shown = try Recovery.read(disk) }
        note("between two lives, readers are shown \(shown.count) batches")
        return shown
    }

    private func work(_ process: SimulatedProcess, _ struckBefore: Int) throws(Recovery.Complaint) {
        for step in workload.steps(&random) {
            note("\(step)")
            do throws(LogError) {
                try process.perform(step, on: disk)
            } catch {
                note("  \(error)")
                if error == .noSpace && isShort(since: struckBefore) {
                    if random.oneIn(2) { disk.capacity = nil }
                    continue
                }
                if disk.faultsStruck == struckBefore {
                    throw Recovery.Complaint(description: "\(step) fails without a fault: \(error)")
                }
                return try seeThatItStopped(process, after: step)
            }
        }
    }

    /// Whether the disk may rightly be called full.
    private func isShort(since struck: Int) -> Bool { disk.capacity != nil || disk.faultsStruck > struck }

    /// After an error a writer takes nothing more.
    private func seeThatItStopped(_ process: SimulatedProcess, after step: LogStep) throws(Recovery.Complaint)
    {
        if disk.isDown { return }
        do throws(LogError) {
            try process.perform(.append(bytes: 10), on: disk)
        } catch {
            return note("  stopped: \(error)")
        }
        throw Recovery.Complaint(description: "after \(step) failed, the writer took another batch")
    }

    /// An opening that failed: right when a fault struck it, or when the disk has lied before.
    private func excuse(_ error: LogError, _ struckBefore: Int) throws(Recovery.Complaint) -> Course {
        note("open fails: \(error)")
        if disk.faultsStruck > struckBefore || (error == .noSpace && disk.capacity != nil) {
            statistics.interruptedOpenings += 1
            return .lived
        }
        if workload.diskLies {
            statistics.refusalsAfterLies += 1
            return .refused
        }
        throw Recovery.Complaint(description: "the log does not open: \(error)")
    }

    /// Judges what the opened log holds, and what readers are shown while it is folded.
    private func judge(_ log: SimulatedLog) throws(Recovery.Complaint) {
        note("opened with \(log.replayed.count) batches, \(oracle.promised.count) promised, loss of \(loss)")
        if let problem = oracle.complaint(about: log.replayed, after: workload.diskLies ? .lies : loss) {
            throw Recovery.Complaint(description: problem)
        }
        try withoutFaults { () throws(Recovery.Complaint) in try Recovery.checkFolding(log, disk) }
        statistics.recoveries += 1
    }

    /// Checks what the recovered log shows.
    private func audit(_ log: SimulatedLog) throws(Recovery.Complaint) {
        try withoutFaults { () throws(Recovery.Complaint) in
            try Recovery.checkRecovered(log, disk)
            // A lie may leave a torn tail that was cut; without room the torn tail is still there, where lz4 would
            // stumble over it.
            if log.isWritable && !workload.diskLies { try Recovery.audit(disk, log.replayed, decoder) }
        }
    }

    /// Looks at the disk without the faults that it has still to come.
    private func withoutFaults(_ look: () throws(Recovery.Complaint) -> Void) throws(Recovery.Complaint) {
        let faults = disk.faults
        disk.faults = []
        defer { disk.faults = faults }
        try look()
    }

    /// Ends a life: the process is killed, or the power goes.
    private func end() {
        noteCalls()
        if disk.hasLostPages { loss = .power }
        for (kind, count) in disk.faultsInjected { statistics.faults[kind, default: 0] += count }
        disk.forgetFaults()
        disk.capacity = nil
        if !disk.isDown && random.oneIn(3) {
            note("the process is killed")
            statistics.processKills += 1
            disk.killProcess()
            return
        }
        statistics.powerCuts += 1
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
