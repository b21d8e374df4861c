/// Whether an engine takes commands.
///
/// It answers reads in every condition.
public enum EngineCondition: Sendable {
    case serving
    /// The disk has no room for the next batch: commands are refused until there is.
    case waitingForRoom
    /// Closed in order; nothing is lost.
    case closed
    /// The log failed; open it again.
    case failed(EngineError)
}
