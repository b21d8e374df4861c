public import Orchestration

/// Where the engine's time comes from.
///
/// It is recorded in every event, so replay needs none of it.
public enum EngineClock: Sendable {
    /// The machine's wall clock, followed forwards only: time never goes back while the engine is open, nor over a
    /// restart (the log's last time is its floor).
    ///
    /// A jump by more than an hour, or by more than 30 days over a restart, isn't believed before
    /// ``Engine/acceptClock()``; until then time runs on by the monotonic clock.
    case wall
    /// Stands still until ``Engine/advance(to:)`` or ``Engine/advance(by:)`` moves it.
    case virtual(start: Timestamp)

    var kind: ClockKind {
        switch self {
        case .wall: .wall
        case .virtual: .virtual
        }
    }
}
