import Orchestration

/// What a bulk operation does to each of its jobs.
public enum BulkAction: Sendable, Hashable {
    /// Suggestions become jobs.
    case approve
    /// Suggestions are turned down.
    case reject
    /// Waiting jobs are kept from being dispatched.
    case hold
    /// Held jobs may be dispatched again.
    case unhold
    /// Waiting jobs are cancelled; the workers of running ones are asked to stop.
    case cancel
    /// Dead and cancelled jobs begin anew.
    case redrive
    /// Dead jobs are given up.
    case discard
    /// Finished jobs are shown no more.
    case prune

    /// The command for one job; redriving needs to know what the job was.
    func command(_ job: JobID, _ revival: FinishedJobSnapshot?) -> Command? {
        switch self {
        case .approve: .approve([job])
        case .reject: .reject([job])
        case .hold: .hold([job])
        case .unhold: .unhold([job])
        case .cancel: .cancel([job])
        case .redrive: revival.map { .redrive(Redrive([$0])) }
        case .discard: .discard([job])
        case .prune: .prune([job])
        }
    }
}
