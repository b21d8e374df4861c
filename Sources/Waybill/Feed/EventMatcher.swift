import Orchestration

/// Decides which events pass a filter, in log order, from any place of the log on.
///
/// What an event doesn't say of its job it knows from events that it has seen, else from the jobs model, else, for jobs
/// that were pruned or changed their tags since, from the log itself. What it remembers is bounded.
struct EventMatcher: Sendable {
    static let memory = 16_384

    let filter: EventFilter
    let jobs: JobsModel
    let lookup: EventLookup
    private var facts = RecentTable<JobID, JobFacts>(capacity: EventMatcher.memory)
    /// Holders by the sequence of the dispatch.
    private var holders = RecentTable<UInt64, Name>(capacity: EventMatcher.memory)
    /// The numbers behind the subject's that are known to be its tasks', and those that are known not to be.
    private var lastTask: JobID?
    private var firstStranger: JobID?

    init(_ filter: EventFilter, jobs: JobsModel, lookup: EventLookup) {
        self.filter = filter
        self.jobs = jobs
        self.lookup = lookup
    }

    /// The events of the batch that pass.
    mutating func pass(_ events: [Event]) async throws(EngineError) -> [Event] {
        if filter.needsFacts { try await learn(events) }
        var passed: [Event] = []
        for event in events where try await passes(event) { passed.append(event) }
        return passed
    }

    private mutating func passes(_ event: Event) async throws(EngineError) -> Bool {
        let isAdmitted = filter.admits(event)
        // Seen in any case: later events are about the same jobs and leases.
        let isMeant = filter.needsFacts ? try await remember(event, isAdmitted) : true
        let isOfWorker = filter.worker == nil ? true : try await isOfWorker(event, isAdmitted && isMeant)
        guard isAdmitted, isMeant, isOfWorker else { return false }
        return filter.subject == nil ? true : try await isOfSubject(event)
    }

    /// Asks the jobs model, once for the batch, about jobs that are not known here.
    private mutating func learn(_ events: [Event]) async throws(EngineError) {
        var born: Set<JobID> = []
        var unknown: Set<JobID> = []
        for event in events {
            guard let job = event.body.job else { continue }
            if JobFacts(event) != nil { born.insert(job) }
            guard filter.admits(event), !born.contains(job), facts[job] == nil else { continue }
            unknown.insert(job)
        }
        guard !unknown.isEmpty, let last = events.last?.sequence else { return }
        guard await jobs.caughtUp(to: last) else { return }
        for (job, known) in await jobs.facts(of: unknown) {
            // What holds only since one of these events, or a later one, says nothing of what was before.
            guard let first = events.first?.sequence, known.from < first else { continue }
            facts[job] = known
        }
    }

    /// Keeps up with what the event changes of its job; whether the filter means that job.
    private mutating func remember(_ event: Event, _ isAdmitted: Bool) async throws(EngineError) -> Bool {
        guard let job = event.body.job else { return true }
        if let told = JobFacts(event) {
            let before = facts[job]
            facts[job] = told
            return filter.admits(before, told)
        }
        if facts[job] == nil, isAdmitted { facts[job] = try await recall(job, before: event) }
        guard let before = facts[job] else { return false }
        var after = before
        if case .jobUpdated(_, let change) = event.body, let tags = change.tags {
            (after.tags, after.from) = (tags, event.sequence)
        }
        facts[job] = event.body.isPruning ? nil : after
        return filter.admits(before, after)
    }

    private mutating func isOfWorker(_ event: Event, _ isWanted: Bool) async throws(EngineError) -> Bool {
        if let worker = event.body.worker {
            if event.body.job != nil { holders[event.sequence] = worker }
            return worker == filter.worker
        }
        guard let dispatch = event.body.lease?.counter else { return false }
        if holders[dispatch] == nil, isWanted {
            holders[dispatch] = try await lookup.event(dispatch)?.body.worker
        }
        let holder = holders[dispatch]
        if event.body.endsLease { holders[dispatch] = nil }
        return holder == filter.worker
    }

    /// Whether its job is the subject, or one of its tasks: these have the numbers behind it, as many as there are.
    private mutating func isOfSubject(_ event: Event) async throws(EngineError) -> Bool {
        guard let subject = filter.subject, let job = event.body.job, job >= subject else { return false }
        if let lastTask, job <= lastTask { return true }
        if let firstStranger, job >= firstStranger { return false }
        let isMeant = job == subject ? true : try await parent(of: job, event) == subject
        if isMeant { lastTask = job } else { firstStranger = job }
        return isMeant
    }

    /// From the log, along the job's events backwards.
    private func parent(of job: JobID, _ event: Event) async throws(EngineError) -> JobID? {
        var event = event
        while true {
            switch event.body {
            case .jobCreated(_, let specification): return specification.parent
            case .jobRedriven(let redriven): return redriven.specification.parent
            case .suggestionMade: return nil
            default:
                guard event.links.job > 0, let earlier = try await lookup.event(event.links.job),
                    earlier.body.job == job
                else { return nil }
                event = earlier
            }
        }
    }

    /// From the log, along the job's events backwards.
    private func recall(_ job: JobID, before event: Event) async throws(EngineError) -> JobFacts? {
        var tags: [Name]?
        var link = event.links.job
        while let earlier = try await lookup.event(link), earlier.body.job == job {
            if var facts = JobFacts(earlier) {
                if let tags { facts.tags = tags }
                return facts
            }
            if tags == nil, case .jobUpdated(_, let change) = earlier.body { tags = change.tags }
            link = earlier.links.job
        }
        return nil
    }
}

extension Event.Body {
    fileprivate var isPruning: Bool {
        if case .jobPruned = self { true } else { false }
    }
}

/// Remembers what was used lately, within a bound: at most twice as many values as its capacity.
struct RecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    let capacity: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old[key] else { return nil }
            self[key] = value
            return value
        }
        set {
            if young.count >= capacity, young[key] == nil {
                old = young
                young = [:]
            }
            young[key] = newValue
            if newValue == nil { old[key] = nil }
        }
    }
}
