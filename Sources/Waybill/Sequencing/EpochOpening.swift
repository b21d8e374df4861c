import Orchestration

/// What a new epoch has to record before its first command: that it began, and what recovery moved aside.
struct EpochOpening: Sendable {
    let opened: EngineOpened
    let quarantined: [LogQuarantined]
}
