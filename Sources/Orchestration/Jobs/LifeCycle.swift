/// One row of the life cycle: the states in which an event finds a job, and those to which it leads.
struct LifeStep: Sendable {
    /// Empty for a job that begins.
    let from: JobStateSet
    /// Empty for a job of which nothing is kept; nil for the state that it was in.
    let to: JobStateSet?
}

/// The life of a job as a table: `apply` takes an event only where its row allows it.
///
/// What has to hold besides (the newest lease, a time that has come, limits) stands where the event is applied.
extension Event.Body {
    /// Nil for events that touch no job.
    var step: LifeStep? {
        switch self {
        case .jobCreated: LifeStep(from: [], to: .waiting)
        case .suggestionMade: LifeStep(from: [], to: .proposed)
        case .suggestionApproved: LifeStep(from: .proposed, to: .waiting)
        case .suggestionRejected: LifeStep(from: .proposed, to: .cancelled)

        case .jobUnblocked: LifeStep(from: .blocked, to: [.scheduled, .ready])
        case .jobDue: LifeStep(from: .scheduled, to: .ready)
        case .jobExpired: LifeStep(from: [.proposed, .waiting], to: .cancelled)
        case .jobUpdated(_, let change): LifeStep(from: change.needsWaiting ? .waiting : .open, to: .open)

        case .jobDispatched: LifeStep(from: .ready, to: .running)
        case .leaseRenewed, .jobProgressed, .jobCancelRequested: LifeStep(from: .running, to: nil)
        // Without a lease: a job with tasks.
        case .jobSucceeded(_, let token, _):
            LifeStep(from: token == .absent ? .blocked : .running, to: .succeeded)
        case .jobSnoozed: LifeStep(from: .running, to: .scheduled)
        case .jobReleased: LifeStep(from: .running, to: .ready)
        // Scheduled until the event that always follows: retried, died or cancelled.
        case .attemptFailed, .leaseExpired: LifeStep(from: .running, to: .scheduled)
        case .jobRetried: LifeStep(from: .scheduled, to: .scheduled)
        case .jobDied: LifeStep(from: [.scheduled, .blocked], to: .dead)
        case .jobCancelled(_, let reason): LifeStep(from: reason == .cancelled ? .open : [], to: .cancelled)
        case .pointsAdded: LifeStep(from: .open, to: nil)

        // Blocked: a job with tasks.
        case .jobRedriven:
            LifeStep(from: [.dead, .cancelled], to: [.proposed, .blocked, .scheduled, .ready])
        case .jobDiscarded: LifeStep(from: .dead, to: .cancelled)
        case .jobPruned: LifeStep(from: .ended, to: [])

        case .queueConfigured, .queueStatusSet, .workerRegistered, .workerDrained, .machineRegistered,
            .machineStatusSet, .engineOpened, .clockJumped, .logQuarantined:
            nil
        }
    }
}
