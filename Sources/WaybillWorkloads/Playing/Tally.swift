public import Orchestration
public import Waybill

/// What a play came to, counted from the events themselves.
///
/// A rejected or expired suggestion never became a job: it counts among the suggestions only, so that
/// `created = succeeded + dead + cancelled + open`.
public struct Tally: Sendable {
    public private(set) var events: UInt64 = 0
    public private(set) var created = 0
    public private(set) var succeeded = 0
    public private(set) var dead = 0
    public private(set) var cancelled = 0
    public private(set) var made = 0
    public private(set) var approved = 0
    public private(set) var rejected = 0
    public private(set) var expired = 0
    public private(set) var points = 0
    /// How long each dispatched job had been ready.
    public private(set) var waits: [TimeSpan] = []
    /// Of all events counted.
    private var history = HistoryDigest()
    private var proposed: Set<JobID> = []
    /// Jobs that ended without success, which may begin anew.
    private var failed: [JobID: End] = [:]

    /// How a job or a suggestion ends without success.
    private enum End { case dead, cancelled, rejected, expired }

    public init() {}

    /// Counts until the stream ends, which it does when the engine closes.
    public static func counting(_ stream: EventStream) async throws(EngineError) -> Tally {
        var tally = Tally()
        var batches = stream.makeAsyncIterator()
        while let events = try await batches.next() {
            for event in events { tally.count(event) }
        }
        return tally
    }

    /// Jobs that are waiting or running at the end.
    public var open: Int { created - succeeded - dead - cancelled }

    /// The digest of the history counted, whose fold has the digest `state`.
    public mutating func digest(withState state: String) -> String { history.finish(state) }

    public mutating func count(_ event: Event) {
        events += 1
        history.add(event)
        switch event.body {
        case .jobCreated: created += 1
        case .suggestionMade(let job, _):
            made += 1
            proposed.insert(job)
        case .suggestionApproved(let job):
            approved += 1
            created += 1
            proposed.remove(job)
        case .suggestionRejected(let job):
            proposed.remove(job)
            fail(job, .rejected)
        case .jobExpired(let job): end(job, suggestion: .expired)
        case .jobCancelled(let job, _): end(job, suggestion: .rejected)
        case .jobDispatched(let dispatched): waits.append(dispatched.wait)
        case .jobSucceeded: succeeded += 1
        case .jobDied(let job, _): fail(job, .dead)
        case .jobDiscarded(let job):
            revive(job)
            fail(job, .cancelled)
        case .jobRedriven(let redriven):
            revive(redriven.job)
            if redriven.isProposed { proposed.insert(redriven.job) }
        case .pointsAdded(_, _, let added): points += added.count
        default: return
        }
    }

    private mutating func end(_ job: JobID, suggestion: End) {
        fail(job, proposed.remove(job) == nil ? .cancelled : suggestion)
    }

    private mutating func fail(_ job: JobID, _ end: End) {
        count(end, 1)
        failed[job] = end
    }

    private mutating func revive(_ job: JobID) {
        if let end = failed.removeValue(forKey: job) { count(end, -1) }
    }

    private mutating func count(_ end: End, _ change: Int) {
        switch end {
        case .dead: dead += change
        case .cancelled: cancelled += change
        case .rejected: rejected += change
        case .expired: expired += change
        }
    }
}
