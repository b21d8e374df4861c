import Orchestration

/// The models behind the jobs table that an event says something to.
///
/// Most events are a few common ones, and a model that has nothing to do with them doesn't even look.
struct ProjectionMask: OptionSet, Sendable {
    let rawValue: UInt8

    static let queues = ProjectionMask(rawValue: 1)
    static let workers = ProjectionMask(rawValue: 2)
    static let throughput = ProjectionMask(rawValue: 4)
    static let machines = ProjectionMask(rawValue: 8)
    static let suggestions = ProjectionMask(rawValue: 16)
    static let deadLetters = ProjectionMask(rawValue: 32)
    static let series = ProjectionMask(rawValue: 64)
    static let tasks = ProjectionMask(rawValue: 128)
    static let all = ProjectionMask(rawValue: 255)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `usesMachine` says whether the job asks for part of a machine, or runs on one; `hasKin`, whether it has tasks or
    /// is one.
    init(_ body: Event.Body, usesMachine: Bool, hasKin: Bool) {
        let others: ProjectionMask = [usesMachine ? .machines : [], hasKin ? .tasks : []]
        self =
            switch body {
            case .jobCreated, .jobDue: [.queues, .throughput, others]
            case .suggestionMade: [.queues, .throughput, .suggestions, others]
            case .jobDispatched, .jobSucceeded: [.queues, .workers, .throughput, others]
            case .pointsAdded: .series
            default: .all
            }
    }
}
