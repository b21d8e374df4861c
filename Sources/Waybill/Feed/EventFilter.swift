public import Orchestration

/// Which events a subscriber wants: those that meet all of its terms.
///
/// A term that is nil, or an empty set, lets everything through.
public struct EventFilter: Sendable, Hashable {
    /// Names of events, such as `job.created`; see `Event/Body/names`.
    public var types: Set<String>
    /// Events of these jobs.
    public var jobs: Set<JobID>
    /// Events of this job and of its tasks, whenever they begin and whatever of them is pruned.
    public var subject: JobID?
    /// Events of jobs of this queue, and of the queue itself.
    public var queue: Name?
    /// Events of jobs of this kind.
    public var kind: Name?
    /// Events of jobs that have this tag, as of each event; one that takes it away still passes.
    public var tag: Name?
    /// Events of this worker and of its leases: that it got a job, extended, progressed with, ended or lost it.
    ///
    /// Cancellations name no lease, and are not among them.
    public var worker: Name?

    /// A filter of the terms that are named.
    public init(
        types: Set<String> = [],
        jobs: Set<JobID> = [],
        subject: JobID? = nil,
        queue: Name? = nil,
        kind: Name? = nil,
        tag: Name? = nil,
        worker: Name? = nil
    ) {
        self.types = types
        self.jobs = jobs
        self.subject = subject
        self.queue = queue
        self.kind = kind
        self.tag = tag
        self.worker = worker
    }

    /// Whether it asks for what an event doesn't always say of its job.
    var needsFacts: Bool { queue != nil || kind != nil || tag != nil }

    /// What can be told from the event alone.
    func admits(_ event: Event) -> Bool {
        if !types.isEmpty, !types.contains(event.body.name) { return false }
        if !jobs.isEmpty, event.body.job.map({ !jobs.contains($0) }) ?? true { return false }
        guard needsFacts, event.body.job == nil else { return true }
        guard kind == nil, tag == nil else { return false }
        return switch event.body {
        case .queueConfigured(let specification): specification.name == queue
        case .queueStatusSet(let name, _): name == queue
        default: false
        }
    }

    /// Whether a job that was so before the event, and is so after it, is meant.
    func admits(_ before: JobFacts?, _ after: JobFacts) -> Bool {
        if let queue, after.queue != queue { return false }
        if let kind, after.kind != kind { return false }
        guard let tag else { return true }
        return after.tags.contains(tag) || before?.tags.contains(tag) ?? false
    }
}

/// What of a job decides whether its events pass a filter.
struct JobFacts: Sendable, Hashable {
    let queue: Name
    let kind: Name
    var tags: [Name]
    /// The event since which it is so.
    var from: UInt64

    /// Nil for an event that doesn't say what the job is.
    init?(_ event: Event) {
        switch event.body {
        case .jobCreated(_, let specification), .suggestionMade(_, let specification):
            self.init(specification, from: event.sequence)
        case .jobRedriven(let redriven):
            self.init(redriven.specification, from: event.sequence)
        default:
            return nil
        }
    }

    init(queue: Name, kind: Name, tags: [Name], from: UInt64) {
        self.queue = queue
        self.kind = kind
        self.tags = tags
        self.from = from
    }

    private init(_ specification: JobSpecification, from: UInt64) {
        self.init(
            queue: specification.queue,
            kind: specification.kind,
            tags: specification.tags,
            from: from
        )
    }
}
