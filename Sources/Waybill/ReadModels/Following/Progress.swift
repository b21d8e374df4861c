/// How far a read model has folded, and who waits for it to get further.
struct Progress: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let sequence: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// The last sequence folded.
    private(set) var sequence: UInt64 = 0
    private var hasEnded = false
    private var waiters: [Waiter] = []
    private var tickets: UInt64 = 0

    mutating func reach(_ sequence: UInt64) {
        self.sequence = sequence
        guard !waiters.isEmpty else { return }
        let ready = waiters.filter { $0.sequence <= sequence }
        waiters.removeAll { $0.sequence <= sequence }
        for waiter in ready { waiter.continuation.resume(returning: true) }
    }

    /// What a waiter is known by when it gives up.
    mutating func takeTicket() -> UInt64 {
        tickets += 1
        return tickets
    }

    mutating func wait(
        for sequence: UInt64,
        _ ticket: UInt64,
        _ continuation: CheckedContinuation<Bool, Never>
    ) {
        guard sequence > self.sequence, !hasEnded else {
            return continuation.resume(returning: sequence <= self.sequence)
        }
        waiters.append(Waiter(ticket: ticket, sequence: sequence, continuation: continuation))
    }

    /// Lets a waiter go that no longer wants to wait, if it still does.
    mutating func giveUp(_ ticket: UInt64) {
        guard let place = waiters.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiters.remove(at: place).continuation.resume(returning: false)
    }

    /// Nothing more will be folded: nobody waits for ever.
    mutating func end() {
        hasEnded = true
        for waiter in waiters { waiter.continuation.resume(returning: false) }
        waiters.removeAll()
    }
}
