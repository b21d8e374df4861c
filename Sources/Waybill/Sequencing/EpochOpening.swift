package import EventLog
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

/// What a new epoch has to record before its first command: that it began, and what recovery moved aside.
package struct EpochOpening: Sendable {
    package let opened: EngineOpened
    package let quarantined: [LogQuarantined]

    /// `log` must be writable: an opening that waits for room has perhaps not moved its torn tail aside yet.
    package init(of log: LogWriter, _ terms: EpochTerms) {
        opened = EngineOpened(
            epoch: log.epoch,
            clock: terms.clock,
            isServing: terms.isServing,
            idempotency: terms.idempotency
        )
        quarantined = log.opening.quarantined.map { LogQuarantined(file: $0.name, bytes: $0.bytes) }
    }
}
