public import Orchestration

/// Where the engine's time comes from.
///
/// It is recorded in every event, so replay needs none of it.
public enum EngineClock: Sendable {
    /// The machine's wall clock, read once at the start and carried on by the monotonic clock, so that it never
    /// goes back while the engine is open, nor over a restart (the log's last time is its floor).
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
