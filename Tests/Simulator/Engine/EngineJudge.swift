import EventLog
import Orchestration
import TestSupport

/// Judges what an engine finds when it opens: bytes, events, folded state, invariants, and the answers given before.
struct EngineJudge {
    let decoder: StandardDecoder
    /// Whether syncs may have lied, after which little can be asked.
    var afterLies = false

    /// Opens the log as the engine does; ids are drawn by `seed`, which must differ between lives.
    static func open(_ disk: SimulatedDisk, _ durability: Durability, seed: UInt64) throws(LogError)
        -> LogWriter
    {
        let entropy = SharedRandom(seed: seed)
        let options = LogOptions(
            durability: durability,
            limits: RecoveredEngine.limits,
            entropy: { entropy.next() },
            processID: 1
        )
        return try LogWriter.open(disk, options)
    }

    /// The six checks and the invariants, on a log that was just opened.
    func judge(
        _ found: RecoveredEngine,
        _ writer: LogWriter,
        _ oracle: EngineOracle,
        after loss: LogOracle.Loss
    ) throws(Recovery.Complaint) {
        if writer.lastSequence != found.state.lastSequence {
            throw Recovery.Complaint(
                description: "the writer ends at \(writer.lastSequence), the reader elsewhere"
            )
        }
        let history = try EventHistory(found.events)
        if let problem = oracle.complaint(about: found, history, after: afterLies ? .lies : loss) {
            throw Recovery.Complaint(description: problem)
        }
        try StateAudit.audit(found.state)
    }

    /// Checks a recovered log with tools that know nothing of its writer.
    func audit(_ writer: LogWriter, on disk: SimulatedDisk) throws(Recovery.Complaint) {
        if writer.isWritable && !afterLies { try Recovery.audit(disk, try Recovery.read(disk), decoder) }
    }

    /// Each torn tail that was ever moved aside has its event, and no more than one, once the epoch is recorded.
    ///
    /// Returns how many of them this epoch recorded.
    func judgeQuarantine(_ engine: SimulatedEngine, from found: RecoveredEngine) throws(Recovery.Complaint)
        -> Int
    {
        let before = try EventHistory(found.events).quarantined
        let after = try EventHistory(engine.oracle.memories.map(\.events)).quarantined
        let missing = Set(engine.writer.opening.quarantined.map(\.name)).subtracting(after)
        guard missing.isEmpty else {
            throw Recovery.Complaint(description: "no event for the torn tails \(missing.sorted())")
        }
        return after.count - before.count
    }

    /// Another opening, of a copy of the disk, finds the same and adds nothing but that it took place.
    func judgeAgain(
        _ engine: SimulatedEngine,
        on disk: SimulatedDisk,
        _ durability: Durability
    ) throws(Recovery.Complaint) {
        let point = disk.crashPoint()
        let copy = SimulatedDisk(durability == .commit ? point.image(.nothing(of: point)) : disk.visibleImage)
        let again = try reopened(copy, engine, durability)
        guard again.oracle.memories.last?.events.count == 1,
            again.writer.opening.quarantined == engine.writer.opening.quarantined
        else {
            throw Recovery.Complaint(description: "a second recovery does more than to record itself")
        }
        let found = try RecoveredEngine.read(copy)
        if let problem = again.oracle.complaint(about: found, try EventHistory(found.events), after: .process)
        {
            throw Recovery.Complaint(description: "after a second recovery: \(problem)")
        }
    }

    private func reopened(
        _ disk: SimulatedDisk,
        _ engine: SimulatedEngine,
        _ durability: Durability
    ) throws(Recovery.Complaint) -> SimulatedEngine {
        do {
            let writer = try Self.open(disk, durability, seed: engine.writer.epoch | 1 << 63)
            let found = try RecoveredEngine.replay(writer)
            try judge(found, writer, engine.oracle, after: .process)
            var oracle = engine.oracle
            oracle.adopt(found, afterLies: false)
            let again = SimulatedEngine(
                writer,
                found,
                oracle,
                durability,
                engine.clock,
                wallTime: engine.now,
                seed: 5
            )
            try again.run()
            try audit(writer, on: disk)
            return again
        } catch {
            throw Recovery.Complaint(description: "a second recovery fails: \(error)")
        }
    }
}
