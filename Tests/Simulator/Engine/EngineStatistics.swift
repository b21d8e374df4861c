/// What one life of an engine did.
struct EngineCounts: Equatable {
    var commands = 0
    /// Groups of commands.
    var groups = 0
    var refusals = 0
    var noRoom = 0
    var timerEvents = 0
    var events = 0
}

/// What a run of engine seeds did: the log's figures, and what was asked of the core above it.
package struct EngineStatistics: Sendable, Equatable {
    package var log = SimulationStatistics()
    package var commands = 0
    package var groups = 0
    package var refusals = 0
    /// Commands turned away because the disk was full.
    package var noRoom = 0
    /// Events that no command caused, but a timer.
    package var timerEvents = 0
    package var events = 0
    /// Torn tails that an opening recorded.
    package var quarantined = 0
    /// Recovered logs that were recovered once more, to see that nothing changes.
    package var secondRecoveries = 0

    package init() {}

    package mutating func add(_ other: EngineStatistics) {
        log.add(other.log)
        commands += other.commands
        groups += other.groups
        refusals += other.refusals
        noRoom += other.noRoom
        timerEvents += other.timerEvents
        events += other.events
        quarantined += other.quarantined
        secondRecoveries += other.secondRecoveries
    }

    mutating func add(_ counts: EngineCounts) {
        commands += counts.commands
        groups += counts.groups
        refusals += counts.refusals
        noRoom += counts.noRoom
        timerEvents += counts.timerEvents
        events += counts.events
    }
}

extension EngineStatistics: CustomStringConvertible {
    package var description: String {
        """
        commands             \(commands)
        in groups            \(groups)
        refused              \(refusals)
        without room         \(noRoom)
        events               \(events)
        by timers            \(timerEvents)
        torn tails recorded  \(quarantined)
        second recoveries    \(secondRecoveries)
        \(log)
        """
    }
}
