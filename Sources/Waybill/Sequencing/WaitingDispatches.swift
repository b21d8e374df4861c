import Orchestration
import Synchronization

/// Requests for work that found nothing, oldest first, until there is something or their wait is over.
struct WaitingDispatches {
    /// Whether the caller still wants an answer; set from the caller's side.
    final class Caller: Sendable {
        private let hasGone = Atomic(false)

        var isGone: Bool { hasGone.load(ordering: .relaxed) }

        func leave() {
            hasGone.store(true, ordering: .relaxed)
        }
    }

    struct Waiter {
        let request: DispatchRequest
        let context: CommandContext
        let caller: Caller
        let reply: IntakeEntry.Reply<Committed<CommandResult>>
        /// The request is answered with nothing then.
        let end: Timestamp
    }

    private var waiters: [Waiter] = []
    /// The earliest of their ends.
    private var firstEnd: Timestamp?
    /// When they were looked through last, and what had opened by then.
    private var served = Timestamp.zero
    private var availability: UInt64 = 0
    /// Somebody joined, or may have gone, since.
    private var isStirred = false

    var count: Int { waiters.count }

    mutating func add(_ waiter: Waiter) {
        isStirred = true
        waiters.append(waiter)
        firstEnd = min(firstEnd ?? waiter.end, waiter.end)
    }

    /// Somebody may have gone.
    mutating func stir() {
        isStirred = true
    }

    /// Whether anything has happened since the last look that one of them could wait for.
    func isWorthALook(_ state: borrowing State, at now: Timestamp) -> Bool {
        isStirred || state.availability != availability || next(state).map { $0 <= now } ?? false
    }

    /// When they have to be looked through though nothing happens: a wait ends, or a queue gets a token.
    func next(_ state: borrowing State) -> Timestamp? {
        guard let firstEnd else { return nil }
        guard let refill = state.nextRefill(after: served) else { return firstEnd }
        return min(firstEnd, refill)
    }

    /// Takes out, in order, those that `answer` has an answer for, those whose wait is over, and those that have gone.
    mutating func serve(
        at now: Timestamp,
        _ availability: UInt64,
        _ answer: (Waiter) throws(EngineError) -> Bool,
        giveUp: (Waiter) -> Void
    ) throws(EngineError) {
        served = now
        self.availability = availability
        isStirred = false
        var rest: [Waiter] = []
        var index = 0
        defer {
            waiters = rest + waiters[index...]
            firstEnd = waiters.lazy.map(\.end).min()
        }
        while index < waiters.count {
            let waiter = waiters[index]
            if !waiter.caller.isGone, try answer(waiter) {
                index += 1
                continue
            }
            index += 1
            if waiter.caller.isGone || waiter.end <= now { giveUp(waiter) } else { rest.append(waiter) }
        }
    }

    /// Nobody will be served any more.
    mutating func end(_ error: EngineError) {
        for waiter in waiters { waiter.reply.resume(returning: .failure(error)) }
        waiters = []
        firstEnd = nil
    }
}
