public import Orchestration

/// The order in which jobs are listed by the last change of their state; jobs that changed at one moment by number.
public enum ChangeOrder: Sendable, Hashable {
    case longestUnchangedFirst
    case lastChangedFirst
}

/// Where a job stands among those that are listed by their last change.
public struct ChangeCursor: Sendable, Hashable, Comparable {
    public let changedAt: Timestamp
    public let id: JobID

    public init(changedAt: Timestamp, id: JobID) {
        self.changedAt = changedAt
        self.id = id
    }

    /// The last job of a page: the next page begins behind it.
    public init(_ job: JobSummary) {
        self.init(changedAt: job.changedAt, id: job.id)
    }

    public static func < (left: ChangeCursor, right: ChangeCursor) -> Bool {
        (left.changedAt, left.id) < (right.changedAt, right.id)
    }
}
