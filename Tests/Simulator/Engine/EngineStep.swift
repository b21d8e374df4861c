import Orchestration

/// One thing that happens to a simulated engine.
enum EngineStep: Hashable {
    /// So many commands that wait together, and so share a batch as far as it goes.
    case group(Int)
    /// So many commands in one entry.
    case entry(Int)
    /// Somebody who waits for work leaves.
    case leave
    /// Time passes, and timers with it.
    case advance(TimeSpan)
    /// An orderly end; nothing follows.
    case close
}

extension EngineStep: CustomStringConvertible {
    var description: String {
        switch self {
        case .group(let count): "\(count) commands"
        case .entry(let count): "\(count) commands in one entry"
        case .leave: "somebody leaves"
        case .advance(let span): "\(span.nanoseconds / 1_000_000_000) s pass"
        case .close: "close"
        }
    }
}
