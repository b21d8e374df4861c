import Waybill

/// A simulation's status, as its service names it.
enum SimulationStatus: String, CaseIterable {
    case pending, running, finished

    init(_ state: JobState) {
        self =
            switch state {
            case .proposed, .blocked, .scheduled, .ready: .pending
            case .running: .running
            case .succeeded, .dead, .cancelled: .finished
            }
    }

    var states: Set<JobState> { Set(JobState.allCases.filter { SimulationStatus($0) == self }) }

    static let names = allCases.map(\.rawValue)
}

/// How a finished simulation ended.
enum SimulationOutcome: String, CaseIterable {
    case succeeded, dead, cancelled

    /// Nil for one that is not finished.
    init?(_ state: JobState) {
        switch state {
        case .succeeded: self = .succeeded
        case .dead: self = .dead
        case .cancelled: self = .cancelled
        case .proposed, .blocked, .scheduled, .ready, .running: return nil
        }
    }

    static let names = allCases.map(\.rawValue)
}
