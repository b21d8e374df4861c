public import Orchestration

/// What happened in ten seconds of the log's time.
public struct ThroughputInterval: Sendable, Hashable {
    /// How long an interval is.
    public static let length = TimeSpan.seconds(10)

    /// A multiple of ``length`` since the Unix epoch.
    public let start: Timestamp
    /// Jobs that were created or suggested.
    public internal(set) var created = 0
    /// Leases that were given.
    public internal(set) var dispatched = 0
    /// Jobs that succeeded.
    public internal(set) var succeeded = 0
    /// Attempts that failed, whether they are tried again or not.
    public internal(set) var failed = 0
    /// Leases that ended without a word.
    public internal(set) var crashed = 0
    /// Jobs that died.
    public internal(set) var dead = 0

    init(start: Timestamp) {
        self.start = start
    }

    mutating func note(_ body: Event.Body) {
        switch body {
        case .jobCreated, .suggestionMade: created += 1
        case .jobDispatched: dispatched += 1
        case .jobSucceeded: succeeded += 1
        case .attemptFailed: failed += 1
        case .leaseExpired: crashed += 1
        case .jobDied: dead += 1
        default: return
        }
    }
}
