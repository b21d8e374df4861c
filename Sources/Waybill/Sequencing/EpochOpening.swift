package import EventLog
package import Orchestration

/// What a new epoch has to record before its first command: that it began, and what recovery moved aside.
package struct EpochOpening: Sendable {
    package let opened: EngineOpened
    package let quarantined: [LogQuarantined]

    /// `log` must be writable: an opening that waits for room has perhaps not moved its torn tail aside yet.
    package init(of log: LogWriter, clock: ClockKind) {
        opened = EngineOpened(epoch: log.epoch, clock: clock)
        quarantined = log.opening.quarantined.map { LogQuarantined(file: $0.name, bytes: $0.bytes) }
    }
}
