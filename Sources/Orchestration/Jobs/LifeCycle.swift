/// The life of a job as a table: a row an event.
///
/// Asked by whoever has to know in which state a job begins, or goes on: `apply`, which takes an event only where its
/// row allows it, the read models, and what answers a request. What has to hold besides (the newest lease, a time that
/// has come, limits) stands where the event is applied.
extension Event.Body {
    /// Nil for events that touch no job.
    // Inlined: asked of every event, several times.
    @inline(__always)
    package var step: LifeStep? {
        switch self {
        case .jobCreated: LifeStep(from: [], to: .started)
        case .suggestionMade: LifeStep(from: [], to: .proposed)
        case .suggestionApproved: LifeStep(from: .proposed, to: .started)
        case .suggestionRejected: LifeStep(from: .proposed, to: .cancelled, .rejected)

        case .jobUnblocked: LifeStep(from: .blocked, to: .released)
        case .jobDue: LifeStep(from: .scheduled, to: .ready)
        case .jobExpired: LifeStep(from: [.proposed, .waiting], to: .cancelled, .expired)
        case .jobUpdated(_, let change):
            LifeStep(
                from: change.needsWaiting ? .waiting : .open,
                to: change.runAt.map { .moved(to: $0) } ?? .unchanged
            )

        case .jobDispatched: LifeStep(from: .ready, to: .running)
        case .leaseRenewed, .jobProgressed, .jobCancelRequested: LifeStep(from: .running, to: .unchanged)
        // Without a lease: a job with tasks.
        case .jobSucceeded(_, let token, _):
            LifeStep(from: token == .absent ? .blocked : .running, to: .succeeded)
        case .jobSnoozed: LifeStep(from: .running, to: .scheduled)
        case .jobReleased: LifeStep(from: .running, to: .ready)
        case .attemptFailed, .leaseExpired: LifeStep(from: .running, to: .interim(.scheduled))
        case .jobRetried: LifeStep(from: .scheduled, to: .scheduled)
        case .jobDied: LifeStep(from: [.scheduled, .blocked], to: .dead)
        case .jobCancelled(_, let reason):
            LifeStep(from: reason == .cancelled ? .open : [], to: .cancelled, reason)
        case .pointsAdded: LifeStep(from: .open, to: .unchanged)

        // It waits for no other jobs again: they have ended, or somebody redrives them too and knows it.
        case .jobRedriven(let redriven):
            if redriven.isProposed {
                LifeStep(from: [.dead, .cancelled], to: .proposed)
            } else if redriven.specification.taskCount > 0 {
                LifeStep(from: [.dead, .cancelled], to: .blocked)
            } else {
                LifeStep(from: [.dead, .cancelled], to: .released)
            }
        case .jobDiscarded: LifeStep(from: .dead, to: .cancelled, .discarded)
        case .jobPruned: LifeStep(from: .ended, to: .forgotten)

        case .queueConfigured, .queueStatusSet, .workerRegistered, .workerDrained, .machineRegistered,
            .machineStatusSet, .engineOpened, .clockJumped, .logQuarantined, .jobFound:
            nil
        }
    }
}

/// One row of the life cycle: the states in which an event finds a job, and where it leads.
package struct LifeStep: Sendable {
    /// Where an event leads a job.
    package enum Destination: Sendable {
        case state(JobState)
        /// Blocked when it has tasks, or names other jobs, even ones that have ended: that they have is an event of its
        /// own. Else as one that is released.
        case started
        /// Scheduled while its run-at time lies ahead, else ready.
        case released
        /// The same by another run-at time, where the job waits for that.
        case moved(to: Timestamp)
        /// Only until the event that always follows: retried, died or cancelled.
        case interim(JobState)
        /// In the state that it was in.
        case unchanged
        /// Nothing is kept of it.
        case forgotten
    }

    /// Empty for a job that begins.
    let from: JobStateSet
    package let to: Destination
    /// Why it is cancelled.
    package let reason: CancellationReason?

    fileprivate init(from: JobStateSet, to: Destination) {
        (self.from, self.to, reason) = (from, to, nil)
    }

    fileprivate init(from: JobStateSet, to state: JobState, _ reason: CancellationReason? = nil) {
        (self.from, to, self.reason) = (from, .state(state), reason)
    }

    /// The state of a job after the event; `state` is that before it, nil for one that begins.
    @inline(__always)
    package func state(
        after state: JobState?,
        _ prospects: @autoclosure () -> JobProspects,
        at time: Timestamp
    ) -> JobState? {
        switch to {
        case .state(let next), .interim(let next): next
        case .started: prospects().isBlocked ? .blocked : prospects().release(at: time)
        case .released: prospects().release(at: time)
        case .moved(let runAt):
            state == .scheduled || state == .ready ? JobProspects(runAt: runAt).release(at: time) : state
        case .unchanged: state
        case .forgotten: nil
        }
    }
}

/// What decides where a job goes on from waiting.
package struct JobProspects: Sendable {
    package var runAt: Timestamp?
    /// Whether it has tasks, or names other jobs.
    fileprivate let isBlocked: Bool

    package init(_ specification: JobSpecification) {
        let terms = specification.storage.terms.values
        runAt = specification.storage.basics.runAt
        isBlocked = !terms.after.isEmpty || terms.taskCount > 0
    }

    /// Those of a job that waits for no other.
    package init(runAt: Timestamp? = nil) {
        (self.runAt, isBlocked) = (runAt, false)
    }

    fileprivate func release(at time: Timestamp) -> JobState {
        runAt.map { $0 > time } ?? false ? .scheduled : .ready
    }
}
