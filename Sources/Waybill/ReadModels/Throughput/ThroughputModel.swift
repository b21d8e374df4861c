import DequeModule
public import Orchestration

/// What happened when, and how long jobs waited and ran lately.
///
/// All times are the log's. Memory is bounded: a day of intervals, and percentiles of the first 512 queues and kinds
/// with about 80 KB each at most; later ones count in the whole only.
public actor ThroughputModel: Follower {
    static let intervalCapacity = 8640
    static let measuredNames = 512

    private struct Durations {
        var waits = RecentDurations()
        var runs = RecentDurations()
    }

    static let mask = ProjectionMask.throughput
    let progress: ProjectionWatermark
    var folded: UInt64 = 0
    private let names: JobNames
    private var now = Timestamp.zero
    /// Those in which something happened, oldest first.
    private var ring: Deque<ThroughputInterval> = []
    private var all = Durations()
    /// Everything since the log began.
    package private(set) var totals = ThroughputTotals()
    /// By the numbers of their names.
    private var queues: [Durations] = []
    private var kinds: [Durations] = []

    init(names: JobNames, _ progress: ProjectionWatermark) {
        self.progress = progress
        self.names = names
    }

    /// Intervals that begin at `moment` or later, oldest first; those in which nothing happened are left out.
    public func intervals(from moment: Timestamp = .zero) -> [ThroughputInterval] {
        Array(ring.reversed().prefix { $0.start >= moment }.reversed())
    }

    /// How long jobs waited to be dispatched since they were ready, in the present hour and the one before.
    public func waits() -> DurationSummary? { all.waits.summary(at: now) }

    /// The same for jobs of one queue; nil without any.
    public func waits(queue: Name) -> DurationSummary? {
        durations(queues, names.knownQueue(queue))?.waits.summary(at: now)
    }

    /// The same for jobs of one kind; nil without any.
    public func waits(kind: Name) -> DurationSummary? {
        durations(kinds, names.knownKind(kind))?.waits.summary(at: now)
    }

    /// How long attempts ran that succeeded or failed, in the present hour and the one before.
    public func runs() -> DurationSummary? { all.runs.summary(at: now) }

    /// The same for jobs of one queue; nil without any.
    public func runs(queue: Name) -> DurationSummary? {
        durations(queues, names.knownQueue(queue))?.runs.summary(at: now)
    }

    /// The same for jobs of one kind; nil without any.
    public func runs(kind: Name) -> DurationSummary? {
        durations(kinds, names.knownKind(kind))?.runs.summary(at: now)
    }

    func fold(_ event: Event, _ delta: JobDelta) {
        now = event.time
        switch event.body {
        case .jobCreated, .suggestionMade, .leaseExpired, .jobDied, .jobSucceeded(_, .absent, _): break
        case .jobDispatched(let dispatched):
            totals.waits.record(dispatched.wait.nanoseconds)
            record(delta) { $0.waits.record(dispatched.wait, at: event.time) }
        case .jobSucceeded, .attemptFailed:
            totals.runs.record((event.time - delta.begun).nanoseconds)
            record(delta) { $0.runs.record(event.time - delta.begun, at: event.time) }
        default: return
        }
        count(event)
    }

    private func count(_ event: Event) {
        let length = ThroughputInterval.length.nanoseconds
        let start = Timestamp(nanoseconds: event.time.nanoseconds / length * length)
        if ring.last?.start != start {
            if ring.count == Self.intervalCapacity { ring.removeFirst() }
            ring.append(ThroughputInterval(start: start))
        }
        ring[ring.count - 1].count(event.body)
        totals.counts.count(event.body)
    }

    private func record(_ delta: JobDelta, _ change: (inout Durations) -> Void) {
        change(&all)
        Self.record(&queues, delta.queue, change)
        Self.record(&kinds, delta.kind, change)
    }

    private static func record(
        _ list: inout [Durations],
        _ number: UInt32,
        _ change: (inout Durations) -> Void
    ) {
        guard number < measuredNames else { return }
        while list.count <= Int(number) { list.append(Durations()) }
        change(&list[Int(number)])
    }

    private func durations(_ list: [Durations], _ number: UInt32?) -> Durations? {
        guard let number, Int(number) < list.count else { return nil }
        return list[Int(number)]
    }
}

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

    mutating func count(_ body: Event.Body) {
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

/// What happened since the log began, which only grows: for counters and histograms that others scrape.
package struct ThroughputTotals: Sendable, Hashable {
    /// Upper bounds in nanoseconds, from a millisecond to a day.
    static let bounds: [Int64] = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000].map {
        $0 * 1_000_000
    }

    package internal(set) var counts = ThroughputInterval(start: .zero)
    /// How long jobs waited to be dispatched since they were ready, in nanoseconds.
    package internal(set) var waits = BucketHistogram(bounds)
    /// How long attempts ran that succeeded or failed, in nanoseconds.
    package internal(set) var runs = BucketHistogram(bounds)
}
