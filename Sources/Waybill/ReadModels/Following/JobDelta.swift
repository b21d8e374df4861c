import Orchestration

/// What an event meant, as the jobs table saw it: what the other models need to know of the job, and would else all have
/// to remember.
struct JobDelta: Sendable {
    /// Stands for "no queue", "no kind", "no worker".
    static let none = UInt32.max

    /// The job's queue, or the one that the event names.
    var queue = JobDelta.none
    var kind = JobDelta.none
    /// Who held the job before the event, or holds it after it; or the worker that the event names.
    var worker = JobDelta.none
    /// Nil when the event brought the job into being, or touches none.
    var before: JobState?
    /// Nil when the job is shown no more, or the event touches none.
    var after: JobState?
    var wasHeld = false
    var isHeld = false
    /// When the job got into the state before; the event's time for a new one.
    var since = Timestamp.zero
    /// When the worker got the job.
    var begun = Timestamp.zero
    var mask = ProjectionMask.all

    var isChange: Bool { before != after }

    /// Whether the job ended by it, in whatever way, or is shown no more.
    var isEnd: Bool { isChange && after?.isTerminal ?? true }
}

/// Events with what they meant, one delta each.
struct FoldedBatch: Sendable {
    let events: [Event]
    let deltas: [JobDelta]
    /// Of all its events together.
    let mask: ProjectionMask
}

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
