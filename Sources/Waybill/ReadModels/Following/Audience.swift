import Orchestration

/// The models behind the jobs table that an event says something to.
///
/// Most events are a few common ones, and a model that has nothing to do with them doesn't even look.
struct Audience: OptionSet, Sendable {
    let rawValue: UInt8

    static let queues = Audience(rawValue: 1)
    static let workers = Audience(rawValue: 2)
    static let throughput = Audience(rawValue: 4)
    static let machines = Audience(rawValue: 8)
    static let suggestions = Audience(rawValue: 16)
    static let deadLetters = Audience(rawValue: 32)
    static let series = Audience(rawValue: 64)
    static let tasks = Audience(rawValue: 128)
    static let all = Audience(rawValue: 255)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `usesMachine` says whether the job asks for part of a machine, or runs on one; `hasKin`, whether it has tasks or
    /// is one.
    init(_ body: Event.Body, usesMachine: Bool, hasKin: Bool) {
        let others: Audience = [usesMachine ? .machines : [], hasKin ? .tasks : []]
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
