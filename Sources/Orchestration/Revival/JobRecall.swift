/// Brings a finished job back from its events.
///
/// Takes the job's events in order, and passes over those of others.
package struct JobRecall: Sendable {
    private let job: JobID
    private var specification: JobSpecification?
    private var origin = FinishedJobSnapshot.Origin.created
    private var version: UInt64 = 0

    package init(_ job: JobID) {
        self.job = job
    }

    package mutating func fold(_ event: Event) {
        guard event.body.job == job else { return }
        version = event.sequence
        switch event.body {
        case .jobCreated(_, let specification): self.specification = specification
        case .suggestionMade(_, let specification):
            self.specification = specification
            origin = .proposed
        case .suggestionApproved: origin = .approved
        case .jobUpdated(_, let change): specification = specification.map(change.applied)
        case .jobRedriven(let redriven): specification = redriven.specification
        default: break
        }
    }

    /// The job as of the last event; nil when none of them says what it is.
    package var revival: FinishedJobSnapshot? {
        specification.map {
            FinishedJobSnapshot(job: job, version: version, specification: $0, origin: origin)
        }
    }
}
