import Synchronization

/// How far the read models of an engine have folded, and who waits for them to get further.
///
/// One for all of them: a model that an event says nothing to need not be woken to know that it is up to date.
final class ProjectionWatermark: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let sequence: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var sequence: UInt64 = 0
        var hasEnded = false
        var waiters: [Waiter] = []
        var tickets: UInt64 = 0

        /// Whether the wait is over, and with what; nil while it goes on.
        func answer(_ sequence: UInt64) -> Bool? {
            if sequence <= self.sequence { return true }
            return hasEnded ? false : nil
        }
    }

    private let state = Mutex(State())

    /// The last sequence that every model has folded.
    var sequence: UInt64 { state.withLock { $0.sequence } }

    func reach(_ sequence: UInt64) {
        let ready = state.withLock { state -> [Waiter] in
            state.sequence = max(state.sequence, sequence)
            guard !state.waiters.isEmpty else { return [] }
            defer { state.waiters.removeAll { $0.sequence <= sequence } }
            return state.waiters.filter { $0.sequence <= sequence }
        }
        for waiter in ready { waiter.continuation.resume(returning: true) }
    }

    /// Waits until `sequence` is folded; false when nothing more will be, or the task was cancelled.
    func caughtUp(to sequence: UInt64) async -> Bool {
        let start = state.withLock { state in
            state.tickets += 1
            return (ticket: state.tickets, answer: state.answer(sequence))
        }
        if let answer = start.answer { return answer }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait(for: sequence, start.ticket, $0) }
        } onCancel: {
            giveUp(start.ticket)
        }
    }

    private func wait(
        for sequence: UInt64,
        _ ticket: UInt64,
        _ continuation: CheckedContinuation<Bool, Never>
    ) {
        let answer = state.withLock { state -> Bool? in
            // Cancelled before it came here: the cancellation found nobody.
            if let answer = Task.isCancelled ? false : state.answer(sequence) { return answer }
            state.waiters.append(Waiter(ticket: ticket, sequence: sequence, continuation: continuation))
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func giveUp(_ ticket: UInt64) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: false)
    }

    /// Nothing more will be folded: nobody waits for ever.
    func end() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            state.hasEnded = true
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: false) }
    }
}
