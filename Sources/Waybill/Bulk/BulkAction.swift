import Orchestration

/// What a bulk operation does to each of its jobs.
public enum BulkAction: Sendable, Hashable {
    case approve
    case reject
    case hold
    case unhold
    case cancel
    case redrive
    case discard
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
