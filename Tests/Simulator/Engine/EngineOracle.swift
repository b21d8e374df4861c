import Orchestration
import Waybill

/// What an engine has told its callers, and what its log must hold because of it.
///
/// The log's own oracle judges the bytes; on top of it stand the events, the state that the engine had in memory
/// when it wrote a batch, and the answers that went out with it.
struct EngineOracle {
    /// What was in the engine's memory when it handed a batch to the log.
    struct Memory {
        let events: [Event]
        /// As decided and applied, never read back from the log.
        let state: State
        let answers: [Acknowledgement]
    }

    private(set) var log = LogOracle()
    /// One for each promised batch.
    private(set) var memories: [Memory] = []
    private var uncertain: Memory?
    /// Every token that was ever decided, also in batches that a power cut took: none comes again.
    private var tokens: Set<LeaseToken> = []
    /// The same in the order of their decisions, for callers that come too late.
    private(set) var tokenList: [LeaseToken] = []

    /// Takes note of a batch that goes to the log; says what is wrong with it already.
    mutating func hand(_ batch: RememberedBatch, _ memory: Memory) -> String? {
        log.hand(batch)
        uncertain = memory
        for event in memory.events {
            guard case .jobDispatched(let lease) = event.body else { continue }
            guard tokens.insert(lease.token).inserted else {
                return "the lease token \(lease.token) is issued a second time"
            }
            tokenList.append(lease.token)
        }
        return nil
    }

    mutating func acknowledge(synced: Bool) {
        log.acknowledge(synced: synced)
        if let memory = uncertain { memories.append(memory) }
        uncertain = nil
    }

    /// Whether the batch with this sequence was acknowledged; 0 is before the first.
    func isPromised(_ sequence: UInt64) -> Bool {
        sequence <= memories.last?.state.lastSequence ?? 0
    }

    /// Everything promised was synced, as by an orderly close.
    mutating func settle() { log.settle() }

    /// Answers that changed nothing went out with no batch of their own.
    ///
    /// What they say of the past rests on the last batch.
    func complaint(
        about found: RecoveredEngine,
        _ history: EventHistory,
        after loss: LogOracle.Loss
    ) -> String? {
        if let problem = log.complaint(about: found.batches, after: loss) { return problem }
        let possible = memories + (uncertain.map { [$0] } ?? [])
        for (index, events) in found.events.enumerated() where events != possible[index].events {
            return "batch \(found.batches[index]) decodes to other events than were written"
        }
        let expected =
            found.events.isEmpty ? State(limits: found.state.limits) : possible[found.events.count - 1].state
        if expected.digest != found.state.digest {
            return "the folded state at \(found.state.lastSequence) is not the one that the engine had"
        }
        for memory in memories.prefix(found.events.count) {
            for answer in memory.answers where !answer.holds(in: found.state, history) {
                return "the answer \(answer) does not hold any more"
            }
        }
        return nil
    }

    /// Takes a recovered log as the truth from which the next life goes on.
    mutating func adopt(_ found: RecoveredEngine, afterLies: Bool) {
        let possible = memories + (uncertain.map { [$0] } ?? [])
        memories = Array(possible.prefix(found.events.count))
        uncertain = nil
        log.adopt(found.batches)
        // A disk that lies may lose a whole epoch, and nothing can be promised about its tokens.
        if afterLies { tokens = [] }
    }
}
