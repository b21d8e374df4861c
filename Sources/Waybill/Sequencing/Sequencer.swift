package import EventLog
package import Orchestration

/// The single writer, step by step: makes room, decides, appends.
///
/// It has no thread and no clock of its own. In an engine ``SequencerThread`` drives it; the simulator drives the same
/// steps through crashes. It belongs to one thread at a time.
package final class Sequencer {
    package let log: LogWriter
    package private(set) var core: SequencerCore
    /// The epoch that is still to be recorded before the first command; nil once it is.
    private var unrecorded: EpochTerms?
    /// Whether the largest batch is known to fit.
    private var isRoomThere = false

    package init(recording terms: EpochTerms, log: LogWriter, core: SequencerCore) {
        unrecorded = terms
        self.log = log
        self.core = core
    }

    /// Whether the disk has room for the largest batch: asked before anything is decided, so that no decided event
    /// meets a full disk.
    ///
    /// The first time that there is, the epoch's opening is decided. Throws ``EngineError/logFailed(_:)`` for every
    /// other failure.
    package func hasRoom(at now: Timestamp) throws(EngineError) -> Bool {
        if isRoomThere { return true }
        do { try log.reserve() } catch LogError.noSpace {
            return false
        } catch {
            throw .failedBefore(error)
        }
        isRoomThere = true
        guard let terms = unrecorded else { return true }
        unrecorded = nil
        let opening = EpochOpening(of: log, terms)
        try deciding { core throws(ApplyError) in try core.decideOpening(opening, at: now) }
        return true
    }

    /// Decides one command into the batch under way; there must be room.
    package func decide(
        _ command: Command,
        _ context: CommandContext,
        at now: Timestamp
    ) throws(EngineError) -> SequencerCore.Outcome {
        try deciding { core throws(ApplyError) in try core.decide(command, context, at: now) }
    }

    /// Notes a heartbeat without deciding it.
    package func extend(_ token: LeaseToken, at now: Timestamp) {
        core.extend(token, at: now)
    }

    /// Decides the timers that are due; true when the batch must be appended first.
    package func decideDue(at now: Timestamp) throws(EngineError) -> Bool {
        try deciding { core throws(ApplyError) in try core.decideDue(at: now) }
    }

    /// Records that the clock was told to believe a jump; there must be room.
    package func decideClockJump(_ jump: TimeSpan, at now: Timestamp) throws(EngineError) -> Bool {
        try deciding { core throws(ApplyError) in try core.decideClockJump(jump, at: now) }
    }

    /// Makes the batch under way durable, and gives out its events; nil when there is nothing in it.
    ///
    /// Throws ``EngineError/outcomeUnknown(_:)``, after which the sequencer must be thrown away.
    package func append() throws(EngineError) -> [Event]? {
        guard !core.events.isEmpty else { return nil }
        do { try log.append(core) } catch { throw .outcomeUnknown(error) }
        isRoomThere = false
        return core.finishBatch()
    }

    /// Runs a step of the core; an event that it can't apply to its own state ends the engine.
    private func deciding<Value>(
        _ step: (inout SequencerCore) throws(ApplyError) -> Value
    ) throws(EngineError) -> Value {
        do { return try step(&core) } catch { throw .inconsistent(error) }
    }
}
