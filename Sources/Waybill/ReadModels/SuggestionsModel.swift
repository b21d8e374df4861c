public import Orchestration

/// The inbox.
///
/// A suggestion leaves it with the event that decides it. An open one costs its specification.
public actor SuggestionsModel: Follower {
    static let mask = ProjectionMask.suggestions
    let progress: ProjectionWatermark
    var folded: UInt64 = 0
    private var open: [JobID: OpenSuggestion] = [:]
    private var order = JobBitmap()

    init(_ progress: ProjectionWatermark) {
        self.progress = progress
    }

    /// Suggestions that wait for a decision.
    public var count: Int { open.count }

    /// Nil when the suggestion was decided, or never was.
    public subscript(id: JobID) -> OpenSuggestion? { open[id] }

    /// Open suggestions after `cursor`, oldest first, at most `limit`.
    public func page(after cursor: JobID? = nil, limit: Int = 100) -> [OpenSuggestion] {
        order.members(after: cursor?.rawValue, limit: limit).compactMap { open[JobID($0)] }
    }

    func fold(_ event: Event, _ delta: JobDelta) {
        switch event.body {
        case .suggestionMade(let job, let specification):
            put(OpenSuggestion(id: job, madeAt: event.time, specification: specification))
        case .jobRedriven(let redriven) where redriven.isProposed:
            put(
                OpenSuggestion(id: redriven.job, madeAt: event.time, specification: redriven.specification)
            )
        case .jobUpdated(let job, let change):
            guard let known = open[job] else { return }
            open[job] = OpenSuggestion(
                id: job,
                madeAt: known.madeAt,
                specification: change.applied(to: known.specification)
            )
        case .suggestionApproved(let job), .suggestionRejected(let job), .jobExpired(let job),
            .jobCancelled(let job, _):
            if open.removeValue(forKey: job) != nil { order.remove(job.rawValue) }
        default:
            return
        }
    }

    private func put(_ suggestion: OpenSuggestion) {
        open[suggestion.id] = suggestion
        order.insert(suggestion.id.rawValue)
    }
}

/// A suggestion that waits for a decision.
public struct OpenSuggestion: Sendable, Hashable {
    /// The number of the suggestion, and of the job that it becomes.
    public let id: JobID
    /// When it was made, or redriven.
    public let madeAt: Timestamp
    /// What would be done.
    public let specification: JobSpecification
}
