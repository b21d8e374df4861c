public import Orchestration

/// The inbox.
///
/// A suggestion leaves it with the event that decides it.
public actor SuggestionsModel: ReadModel {
    public var progress = Progress()
    private var open: [JobID: OpenSuggestion] = [:]
    /// Ids ascending; decided ones stay until they are half of it.
    private var order: [JobID] = []

    public init() {}

    public var count: Int { open.count }

    public subscript(id: JobID) -> OpenSuggestion? { open[id] }

    /// Open suggestions after `cursor`, oldest first, at most `limit`.
    public func page(after cursor: JobID? = nil, limit: Int = 100) -> [OpenSuggestion] {
        let start = order.firstIndex { id in cursor.map { id > $0 } ?? true } ?? order.endIndex
        return Array(order[start...].lazy.compactMap { self.open[$0] }.prefix(max(0, limit)))
    }

    public func fold(_ event: Event) {
        switch event.body {
        case .suggestionMade(let job, let specification):
            open[job] = OpenSuggestion(id: job, madeAt: event.time, specification: specification)
            order.append(job)
        case .jobRedriven(let redriven):
            guard redriven.isProposed else { return }
            open[redriven.job] = OpenSuggestion(
                id: redriven.job,
                madeAt: event.time,
                specification: redriven.specification
            )
            order.removeAll { $0 == redriven.job }
            order.insert(redriven.job, at: order.firstIndex { $0 > redriven.job } ?? order.endIndex)
        case .jobUpdated(let job, let change):
            guard let known = open[job] else { return }
            open[job] = OpenSuggestion(
                id: job,
                madeAt: known.madeAt,
                specification: change.applied(to: known.specification)
            )
        case .suggestionApproved(let job), .suggestionRejected(let job), .jobExpired(let job),
            .jobCancelled(let job, _):
            guard open.removeValue(forKey: job) != nil, order.count > 2 * open.count + 64 else { return }
            order.removeAll { open[$0] == nil }
        default:
            return
        }
    }
}
