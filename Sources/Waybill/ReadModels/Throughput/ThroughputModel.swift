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

    static let place = ProjectionMask.throughput
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

    public func waits(queue: String) -> DurationSummary? {
        durations(queues, names.knownQueue(queue))?.waits.summary(at: now)
    }

    public func waits(kind: String) -> DurationSummary? {
        durations(kinds, names.knownKind(kind))?.waits.summary(at: now)
    }

    /// How long attempts ran that succeeded or failed, in the present hour and the one before.
    public func runs() -> DurationSummary? { all.runs.summary(at: now) }

    public func runs(queue: String) -> DurationSummary? {
        durations(queues, names.knownQueue(queue))?.runs.summary(at: now)
    }

    public func runs(kind: String) -> DurationSummary? {
        durations(kinds, names.knownKind(kind))?.runs.summary(at: now)
    }

    func fold(_ event: Event, _ step: JobDelta) {
        now = event.time
        switch event.body {
        case .jobCreated, .suggestionMade, .leaseExpired, .jobDied, .jobSucceeded(_, .absent, _): break
        case .jobDispatched(let dispatched):
            totals.waits.note(dispatched.wait.nanoseconds)
            record(step) { $0.waits.record(dispatched.wait, at: event.time) }
        case .jobSucceeded, .attemptFailed:
            totals.runs.note((event.time - step.begun).nanoseconds)
            record(step) { $0.runs.record(event.time - step.begun, at: event.time) }
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
        ring[ring.count - 1].note(event.body)
        totals.counts.note(event.body)
    }

    private func record(_ step: JobDelta, _ change: (inout Durations) -> Void) {
        change(&all)
        Self.record(&queues, step.queue, change)
        Self.record(&kinds, step.kind, change)
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
