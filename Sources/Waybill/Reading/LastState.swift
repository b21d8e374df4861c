import Orchestration
import Synchronization

/// The state of an engine that has failed, as of what is durable: reads that need it go on.
///
/// Where the state had run ahead of the log it is folded anew from the log, once, when somebody asks.
actor LastState {
    private let log: ReadableLog
    private let limits: CoreLimits
    private var state: State?

    init(_ log: ReadableLog, _ limits: CoreLimits) {
        self.log = log
        self.limits = limits
    }

    /// Looks at the state once the sequencer has ended.
    ///
    /// Throws what keeps the log from being read, where it has to be.
    func look<Value: Sendable>(
        _ look: @Sendable (borrowing State) -> Value,
        _ sequencer: SequencerThread
    ) async throws(EngineError) -> Committed<Value> {
        _ = await sequencer.termination.wait { $0 }
        let state: State
        if let known = self.state ?? sequencer.stateAtFailure.withLock({ $0 }) {
            state = known
        } else {
            state = try await fold(through: sequencer.feed.durable)
            self.state = state
        }
        return Committed(look(state), sequence: state.lastSequence)
    }

    private func fold(through durable: UInt64) async throws(EngineError) -> State {
        let (log, limits) = (log, limits)
        return try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            var state = State(limits: limits)
            let reader = EventReader(log.files, from: 1, through: durable)
            while let events = try log.noticing(reader.nextBatch) {
                for event in events {
                    do throws(ApplyError) { try state.apply(event) } catch { throw .inconsistent(error) }
                }
            }
            return state
        }
    }
}
