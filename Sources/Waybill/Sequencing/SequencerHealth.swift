import Logging
import Orchestration
import Synchronization

/// Whether commands are taken, as everybody may ask at any time, and what an operator's log is told of it.
final class SequencerHealth: Sendable {
    private let lacksSpace = Atomic(false)
    /// Nanoseconds by which the wall clock is ahead and not believed.
    private let clockDoubt = Atomic<Int64>(0)
    /// Why nothing more is let in.
    private let failure = Mutex<EngineError?>(nil)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Of a sequencer that has not ended.
    var condition: EngineCondition {
        if let failure = failure.withLock({ $0 }) { return .failed(failure) }
        if lacksSpace.load(ordering: .relaxed) { return .waitingForSpace }
        let ahead = clockDoubt.load(ordering: .relaxed)
        return ahead == 0 ? .serving : .clockInDoubt(ahead: TimeSpan(nanoseconds: ahead))
    }

    /// Shows how the sequencer is, and tells the log when that has changed for the worse.
    func show(_ sequencer: borrowing Sequencer) {
        if sequencer.lacksSpace != lacksSpace.exchange(sequencer.lacksSpace, ordering: .relaxed),
            sequencer.lacksSpace
        {
            logger.error("no space left for the log: commands are refused until there is")
        }
        let ahead = sequencer.clockDoubt?.nanoseconds ?? 0
        if clockDoubt.exchange(ahead, ordering: .relaxed) == 0, ahead != 0 {
            logger.warning(
                "the wall clock is ahead by \(ahead) ns and not believed; accept it, or set it right"
            )
        }
    }

    /// Shown before anybody is turned away for it.
    func showFailure(_ error: EngineError) {
        failure.withLock { $0 = error }
    }

    func reportStop(_ error: EngineError) {
        logger.critical("the engine takes no commands any more and answers reads: \(error)")
    }
}
