import Orchestration

/// What one event means for the job that it touches.
struct JobTransition {
    let job: JobID
    /// Nil when the event leaves the state as it is.
    var state: JobState?
    var cancellation: CancellationReason?
    /// Set when the event brings the job into being, or back.
    var specification: JobSpecification?
    /// Nothing is shown of the job any more.
    var isPruned = false
}

/// Reads job transitions off the events.
///
/// It remembers only, of jobs that are proposed or blocked, what decides where they go from there.
struct JobTransitions {
    private struct Prospect {
        var runAt: Timestamp?
        let hasParents: Bool
    }

    private var prospects: [JobID: Prospect] = [:]

    /// Nil for events that touch no job.
    mutating func transition(of event: Event) -> JobTransition? {
        switch event.body {
        case .jobCreated(let job, let specification):
            return JobTransition(
                job: job,
                state: begin(job, specification, event),
                specification: specification
            )
        case .suggestionMade(let job, let specification):
            prospects[job] = Prospect(runAt: specification.runAt, hasParents: !specification.after.isEmpty)
            return JobTransition(job: job, state: .proposed, specification: specification)
        case .suggestionApproved(let job):
            if prospects[job]?.hasParents == true { return JobTransition(job: job, state: .blocked) }
            return JobTransition(job: job, state: advance(job, at: event.time))
        case .jobUnblocked(let job):
            return JobTransition(job: job, state: advance(job, at: event.time))
        case .jobUpdated(let job, let change):
            guard let runAt = change.runAt else { return JobTransition(job: job) }
            if prospects[job] != nil {
                prospects[job]?.runAt = runAt
                return JobTransition(job: job)
            }
            return JobTransition(job: job, state: runAt > event.time ? .scheduled : .ready)
        case .jobRedriven(let redriven):
            return redrive(redriven, event)
        case .jobDiscarded(let job):
            return ended(job, .discarded)
        case .jobPruned(let job):
            return JobTransition(job: job, isPruned: true)
        case .jobSnoozed(let job, _, _):
            return JobTransition(job: job, state: .scheduled)
        case .jobReleased(let job, _):
            return JobTransition(job: job, state: .ready)
        case .suggestionRejected(let job):
            return ended(job, .rejected)
        case .jobExpired(let job):
            return ended(job, .expired)
        case .jobCancelled(let job, let reason):
            return ended(job, reason)
        case .jobDue(let job):
            return JobTransition(job: job, state: .ready)
        case .jobDispatched(let dispatched):
            return JobTransition(job: dispatched.job, state: .running)
        case .jobSucceeded(let job, _, _):
            return JobTransition(job: job, state: .succeeded)
        case .jobRetried(let retried):
            return JobTransition(job: retried.job, state: .scheduled)
        case .jobDied(let job, _):
            prospects[job] = nil
            return JobTransition(job: job, state: .dead)
        case .attemptFailed(let job, _, _), .leaseExpired(let job, _, _), .jobCancelRequested(let job, _),
            .leaseRenewed(let job, _), .jobProgressed(let job, _, _), .pointsAdded(let job, _, _):
            return JobTransition(job: job)
        case .engineOpened, .clockJumped, .logQuarantined, .queueConfigured, .queueStatusSet,
            .workerRegistered, .workerDrained, .machineRegistered, .machineStatusSet:
            return nil
        }
    }

    private mutating func begin(_ job: JobID, _ specification: JobSpecification, _ event: Event) -> JobState {
        // A job with tasks never goes on from there by itself.
        if specification.taskCount > 0 { return .blocked }
        guard !specification.after.isEmpty else { return waiting(until: specification.runAt, at: event.time) }
        prospects[job] = Prospect(runAt: specification.runAt, hasParents: true)
        return .blocked
    }

    private mutating func redrive(_ redriven: JobRedriven, _ event: Event) -> JobTransition {
        let specification = redriven.specification
        var transition = JobTransition(job: redriven.job, specification: specification)
        if redriven.isProposed {
            prospects[redriven.job] = Prospect(
                runAt: specification.runAt,
                hasParents: !specification.after.isEmpty
            )
            transition.state = .proposed
        } else if specification.taskCount > 0 {
            transition.state = .blocked
        } else {
            transition.state = waiting(until: specification.runAt, at: event.time)
        }
        return transition
    }

    /// Out of proposed or blocked.
    private mutating func advance(_ job: JobID, at now: Timestamp) -> JobState {
        waiting(until: prospects.removeValue(forKey: job)?.runAt, at: now)
    }

    private func waiting(until runAt: Timestamp?, at now: Timestamp) -> JobState {
        guard let runAt, runAt > now else { return .ready }
        return .scheduled
    }

    private mutating func ended(_ job: JobID, _ reason: CancellationReason) -> JobTransition {
        prospects[job] = nil
        return JobTransition(job: job, state: .cancelled, cancellation: reason)
    }
}
