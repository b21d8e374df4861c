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
    static let all = Audience(rawValue: 127)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `usesMachine` says whether the job asks for part of a machine, or runs on one.
    init(_ body: Event.Body, usesMachine: Bool) {
        let machines: Audience = usesMachine ? .machines : []
        self =
            switch body {
            case .jobCreated, .jobDue: [.queues, .throughput, machines]
            case .suggestionMade: [.queues, .throughput, .suggestions, machines]
            case .jobDispatched, .jobSucceeded: [.queues, .workers, .throughput, machines]
            case .pointsAdded: .series
            default: .all
            }
    }
}
