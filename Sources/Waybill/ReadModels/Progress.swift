/// How far a read model has folded, and who waits for it to get further.
public struct Progress: Sendable {
    /// The last sequence folded.
    public private(set) var sequence: UInt64 = 0
    private var hasEnded = false
    private var waiters: [(sequence: UInt64, continuation: CheckedContinuation<Void, Never>)] = []

    mutating func reach(_ sequence: UInt64) {
        self.sequence = sequence
        guard !waiters.isEmpty else { return }
        let ready = waiters.filter { $0.sequence <= sequence }
        waiters.removeAll { $0.sequence <= sequence }
        for waiter in ready { waiter.continuation.resume() }
    }

    mutating func wait(for sequence: UInt64, _ continuation: CheckedContinuation<Void, Never>) {
        guard sequence > self.sequence, !hasEnded else { return continuation.resume() }
        waiters.append((sequence, continuation))
    }

    /// Nothing more will be folded: nobody waits for ever.
    mutating func end() {
        hasEnded = true
        for waiter in waiters { waiter.continuation.resume() }
        waiters.removeAll()
    }
}
