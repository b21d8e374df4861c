public import Orchestration

/// Whether an engine takes commands.
///
/// It answers reads in every condition.
public enum EngineCondition: Sendable {
    /// Commands are taken, and read models follow.
    case serving
    /// Commands are taken, and the wall clock is so far ahead that it isn't believed: see ``Engine/acceptClock()``.
    case clockInDoubt(ahead: TimeSpan)
    /// Commands are taken, but a read model could not read on and shows the past: open the engine again.
    case readModelStopped(EngineError)
    /// The disk has no room for the next batch: commands are refused until there is.
    case waitingForRoom
    /// Closed in order; nothing is lost.
    case closed
    /// The log failed; open it again.
    case failed(EngineError)
}
