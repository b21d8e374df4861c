/// A finished job as the log tells of it, brought back for a command that needs more than memory kept.
public struct FinishedJobSnapshot: Sendable, Hashable {
    /// How the job came about.
    public enum Origin: UInt8, CaseIterable, Sendable {
        /// It was created as a job.
        case created = 1
        /// A suggestion that somebody approved.
        case approved = 2
        /// A suggestion that never was.
        case proposed = 3
    }

    /// The job.
    public var job: JobID
    /// The job's last sequence when it was read: the command is refused when anything has happened since.
    public var version: UInt64
    /// As it was last, changes included.
    public var specification: JobSpecification
    /// How it came to be.
    public var origin: Origin

    package init(job: JobID, version: UInt64, specification: JobSpecification, origin: Origin) {
        self.job = job
        self.version = version
        self.specification = specification
        self.origin = origin
    }
}

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
