import Orchestration

/// What one event means for the job that it touches.
struct JobTransition {
    let job: JobID
    /// Nil when the event leaves the state as it is.
    var state: JobState?
    var cancellation: CancellationReason?
    /// The number of the attempt that began.
    var attempt: UInt32?
    /// Set when the event brings the job into being.
    var specification: JobSpecification?
}

/// Reads job transitions off the events.
///
/// It remembers only the run-at of suggestions, which decides where an approval leads.
struct JobTransitions {
    private var runAt: [JobID: Timestamp] = [:]

    /// Nil for events that touch no job.
    mutating func transition(of event: Event) -> JobTransition? {
        switch event.body {
        case .jobCreated(let job, let specification):
            let state = waiting(until: specification.runAt, at: event.time)
            return JobTransition(job: job, state: state, specification: specification)
        case .suggestionMade(let job, let specification):
            runAt[job] = specification.runAt
            return JobTransition(job: job, state: .proposed, specification: specification)
        case .suggestionApproved(let job):
            return JobTransition(
                job: job,
                state: waiting(until: runAt.removeValue(forKey: job), at: event.time)
            )
        case .suggestionRejected(let job):
            return ended(job, .rejected)
        case .jobExpired(let job):
            return ended(job, .expired)
        case .jobCancelled(let job, let reason):
            return ended(job, reason)
        case .jobDue(let job):
            return JobTransition(job: job, state: .ready)
        case .jobDispatched(let dispatched):
            return JobTransition(job: dispatched.job, state: .running, attempt: dispatched.attempt)
        case .jobSucceeded(let job, _, _):
            return JobTransition(job: job, state: .succeeded)
        case .jobRetried(let retried):
            return JobTransition(job: retried.job, state: .scheduled)
        case .jobDied(let job, _):
            return JobTransition(job: job, state: .dead)
        case .attemptFailed(let job, _, _), .leaseExpired(let job, _), .jobCancelRequested(let job, _),
            .pointsAdded(let job, _, _):
            return JobTransition(job: job)
        case .engineOpened, .logQuarantined, .machineRegistered, .machineStatusSet:
            return nil
        }
    }

    private func waiting(until runAt: Timestamp?, at now: Timestamp) -> JobState {
        guard let runAt, runAt > now else { return .ready }
        return .scheduled
    }

    private mutating func ended(_ job: JobID, _ reason: CancellationReason) -> JobTransition {
        runAt.removeValue(forKey: job)
        return JobTransition(job: job, state: .cancelled, cancellation: reason)
    }
}
