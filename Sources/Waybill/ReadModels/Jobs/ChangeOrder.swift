package import Orchestration

/// The order in which jobs are listed by the last change of their state; jobs that changed at one moment by number.
package enum ChangeOrder: Sendable, Hashable {
    case longestUnchangedFirst
    case lastChangedFirst
}

/// Where a job stands among those that are listed by their last change.
package struct ChangeCursor: Sendable, Hashable, Comparable {
    package let changedAt: Timestamp
    package let id: JobID

    package init(changedAt: Timestamp, id: JobID) {
        self.changedAt = changedAt
        self.id = id
    }

    /// The last job of a page: the next page begins behind it.
    package init(_ job: JobSummary) {
        self.init(changedAt: job.changedAt, id: job.id)
    }

    package static func < (left: ChangeCursor, right: ChangeCursor) -> Bool {
        (left.changedAt, left.id) < (right.changedAt, right.id)
    }
}
