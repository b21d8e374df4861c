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
    var audience = ProjectionMask.all

    var isChange: Bool { before != after }

    /// Whether the job ended by it, in whatever way, or is shown no more.
    var isEnd: Bool { isChange && after?.isTerminal ?? true }
}

/// Events with what they meant, one step each.
struct FoldedBatch: Sendable {
    let events: [Event]
    let steps: [JobDelta]
    /// Of all its events together.
    let audience: ProjectionMask
}
