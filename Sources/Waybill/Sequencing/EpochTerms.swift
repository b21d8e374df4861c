package import Orchestration

/// What a process says of itself when its epoch is recorded.
package struct EpochTerms: Sendable {
    package let clock: ClockKind
    /// Whether it serves workers, so that live leases are re-armed.
    package let isServing: Bool
    package let idempotency: IdempotencyBounds

    package init(
        clock: ClockKind,
        isServing: Bool = true,
        idempotency: IdempotencyBounds = IdempotencyBounds()
    ) {
        self.clock = clock
        self.isServing = isServing
        self.idempotency = idempotency
    }
}
