import Orchestration

/// What of a job decides whether its events pass a filter.
struct JobFacts: Sendable, Hashable {
    let queue: String
    let kind: String
    var tags: [String]
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

    init(queue: String, kind: String, tags: [String], from: UInt64) {
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
