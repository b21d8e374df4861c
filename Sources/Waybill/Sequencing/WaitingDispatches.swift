import Orchestration

/// Requests for work that found nothing, oldest first, until there is something or their wait is over.
struct WaitingDispatches {
    struct Waiter {
        let work: Work
        let request: DispatchRequest
        let caller: Caller
        /// The request is answered with nothing then.
        let end: Timestamp
    }

    enum Work {
        case command(CommandContext)
        /// The last of a group, with the outcomes of those before it.
        case last(of: CommandGroup, [Result<Committed<CommandResult>, EngineError>])

        /// Whether it has a key, under which somebody else may have been given leases meanwhile.
        var isKeyed: Bool {
            switch self {
            case .command(let context): context.idempotencyKey != nil
            case .last(let group, _): group.context.idempotencyKey != nil
            }
        }

        /// The last that its caller is to be told of already; 0 for nothing.
        var sequence: UInt64 {
            guard case .last(_, let earlier) = self else { return 0 }
            return earlier.reduce(0) { newest, outcome in
                if case .success(let result) = outcome { max(newest, result.sequence) } else { newest }
            }
        }

        /// What its caller is told.
        func reply(_ outcome: Result<Committed<CommandResult>, EngineError>) -> Result<
            SequencerReply, EngineError
        > {
            switch self {
            case .command: outcome.map { .committed($0) }
            case .last(_, let earlier): .success(.outcomes(earlier + [outcome]))
            }
        }
    }

    private var waiters: [Waiter] = []
    /// The earliest of their ends.
    private var firstEnd: Timestamp?
    /// When they were looked through last, and what had opened by then.
    private var servedAt = Timestamp.zero
    private var availability: UInt64 = 0
    /// Somebody joined since, or wasn't looked at.
    private var isIncomplete = false

    var count: Int { waiters.count }

    mutating func add(_ waiter: Waiter) {
        isIncomplete = true
        waiters.append(waiter)
        firstEnd = min(firstEnd ?? waiter.end, waiter.end)
    }

    /// Takes out the one whose caller has this number, if it still waits.
    mutating func remove(caller number: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.caller.number == number }) else { return nil }
        defer { if waiters.isEmpty { firstEnd = nil } }
        return waiters.remove(at: index)
    }

    /// Whether anything has happened since the last look that one of them could wait for.
    func isWorthALook(_ state: borrowing State, at now: Timestamp) -> Bool {
        guard !waiters.isEmpty else { return false }
        return isIncomplete || state.availability != availability
            || nextMoment(state).map { $0 <= now } ?? false
    }

    /// When they have to be looked through though nothing happens: a wait ends, or a queue gets a token.
    func nextMoment(_ state: borrowing State) -> Timestamp? {
        guard let firstEnd else { return nil }
        guard let refill = state.nextRefill(after: servedAt) else { return firstEnd }
        return min(firstEnd, refill)
    }

    /// All of them, to be looked through at this moment; ``put(back:)`` takes those who still wait.
    mutating func takeAll(_ state: borrowing State, at now: Timestamp) -> [Waiter] {
        servedAt = now
        availability = state.availability
        isIncomplete = false
        defer { removeAll() }
        return waiters
    }

    /// In their order; `isIncomplete` says that some were not looked at.
    mutating func put(back rest: [Waiter], isIncomplete: Bool) {
        waiters = rest
        firstEnd = rest.lazy.map(\.end).min()
        self.isIncomplete = isIncomplete
    }

    private mutating func removeAll() {
        waiters = []
        firstEnd = nil
    }
}
