extension WireWriter {
    mutating func event(_ event: Event) {
        fixed(1, UInt64(bitPattern: event.time.nanoseconds))
        name(2, event.context.actor)
        uint(3, event.sequence)
        uint(4, event.sequence &- event.command)
        back(5, to: event.cause, event)
        back(6, to: event.links.job, event)
        back(7, to: event.links.worker, event)
        back(8, to: event.links.machine, event)
        body(event)
        presentName(100, event.context.idempotencyKey)
        presentText(101, event.context.reason)
        presentText(102, event.context.traceparent)
        if let version = event.context.expectedVersion { present(103, version) }
        fixed(104, event.context.fingerprint)
        uint(105, UInt64(event.member))
    }

    /// The distance to an earlier event; nothing when there is none.
    private mutating func back(_ field: UInt32, to sequence: UInt64, _ event: Event) {
        if sequence != 0 { uint(field, event.sequence &- sequence) }
    }

    private mutating func body(_ event: Event) {
        switch event.body {
        case .jobCreated(let job, let specification): created(9, job, specification)
        case .jobDispatched(let lease): message(10) { $0.dispatched(lease, event) }
        case .jobSucceeded(let job, let token, let result):
            message(11, expected: result.bytes.count) { writer in
                if token == .absent { writer.uint(1, job.rawValue) } else { writer.lease(job, token, event) }
                writer.text(4, result.contentType)
                writer.data(5, result.bytes)
            }
        case .attemptFailed(let job, let token, let failure):
            message(12) { writer in
                writer.lease(job, token, event)
                writer.name(4, failure.type)
                writer.text(5, failure.message)
                writer.uint(6, failure.isRetryable ? 1 : 0)
                if let delay = failure.retryAfter { writer.present(7, UInt64(bitPattern: delay.nanoseconds)) }
            }
        case .jobRetried(let retry): message(13) { $0.retried(retry, event) }
        case .pointsAdded(let job, let series, let points):
            message(14, expected: points.count * 24) { $0.points(job, series, points) }
        case .suggestionMade(let job, let specification): created(16, job, specification)
        default: rareBody(event)
        }
    }

    private mutating func rareBody(_ event: Event) {
        switch event.body {
        case .jobDue(let job): message(15) { $0.uint(1, job.rawValue) }
        case .suggestionApproved(let job): message(17) { $0.uint(1, job.rawValue) }
        case .suggestionRejected(let job): message(18) { $0.uint(1, job.rawValue) }
        case .jobExpired(let job): message(19) { $0.uint(1, job.rawValue) }
        case .jobDied(let job, let reason):
            message(20) { writer in
                writer.uint(1, job.rawValue)
                writer.text(2, reason)
            }
        case .leaseExpired(let job, let token, let lastHeartbeat):
            message(21) { writer in
                writer.lease(job, token, event)
                if let lastHeartbeat {
                    writer.present(4, UInt64(bitPattern: event.time.nanoseconds &- lastHeartbeat.nanoseconds))
                }
            }
        case .jobCancelled(let job, let reason):
            message(22) { writer in
                writer.uint(1, job.rawValue)
                writer.uint(2, UInt64(reason.rawValue))
            }
        case .jobCancelRequested(let job, let deadline):
            message(23) { writer in
                writer.uint(1, job.rawValue)
                writer.after(2, deadline, event)
            }
        default: lifeBody(event)
        }
    }

    private mutating func lifeBody(_ event: Event) {
        switch event.body {
        case .jobUnblocked(let job): message(28) { $0.uint(1, job.rawValue) }
        case .jobUpdated(let job, let change):
            message(29) { writer in
                writer.uint(1, job.rawValue)
                writer.message(2) { $0.change(change) }
            }
        case .leaseRenewed(let job, let token): message(30) { $0.lease(job, token, event) }
        case .jobProgressed(let job, let token, let progress):
            message(31) { writer in
                writer.lease(job, token, event)
                if let fraction = progress.fraction { writer.presentFixed(4, fraction.bitPattern) }
                writer.text(5, progress.message)
            }
        case .jobSnoozed(let job, let token, let due):
            message(32) { writer in
                writer.lease(job, token, event)
                writer.after(4, due, event)
            }
        case .jobReleased(let job, let token): message(33) { $0.lease(job, token, event) }
        case .jobRedriven(let redriven):
            message(34) { writer in
                writer.uint(1, redriven.job.rawValue)
                writer.message(2) { $0.specification(redriven.specification) }
                writer.uint(3, redriven.isProposed ? 1 : 0)
            }
        case .jobDiscarded(let job): message(35) { $0.uint(1, job.rawValue) }
        case .jobPruned(let job): message(36) { $0.uint(1, job.rawValue) }
        default: engineBody(event)
        }
    }

    private mutating func engineBody(_ event: Event) {
        switch event.body {
        case .machineRegistered(let machine): message(24) { $0.machine(machine) }
        case .machineStatusSet(let name, let status):
            message(25) { writer in
                writer.name(1, name)
                writer.uint(2, UInt64(status.rawValue))
            }
        case .queueConfigured(let queue): message(37) { $0.queue(queue) }
        case .queueStatusSet(let name, let status):
            message(38) { writer in
                writer.name(1, name)
                writer.uint(2, UInt64(status.rawValue))
            }
        case .workerRegistered(let worker): message(39) { $0.worker(worker) }
        case .workerDrained(let name): message(40) { $0.name(1, name) }
        case .clockJumped(let jump): message(41) { $0.int(1, jump.nanoseconds) }
        case .jobFound(let job): message(42) { $0.uint(1, job.rawValue) }
        case .engineOpened(let opened):
            message(26) { writer in
                writer.uint(1, opened.epoch)
                writer.uint(2, UInt64(opened.clock.rawValue))
                writer.uint(3, opened.isServing ? 0 : 1)
                writer.int(4, opened.idempotency.window.nanoseconds)
                writer.uint(5, UInt64(opened.idempotency.count))
                writer.uint(6, opened.idempotency.forgetsOldest ? 0 : 1)
            }
        case .logQuarantined(let file):
            message(27) { writer in
                writer.text(1, file.file)
                writer.uint(2, file.bytes)
            }
        default: preconditionFailure("every other event is written before")
        }
    }

    private mutating func created(_ field: UInt32, _ job: JobID, _ specification: JobSpecification) {
        let size = specification.storage.basics.payload.count + 48
        message(field, expected: size) { writer in
            writer.uint(1, job.rawValue)
            writer.message(2, expected: size) { $0.specification(specification) }
        }
    }

    private mutating func dispatched(_ lease: JobDispatched, _ event: Event) {
        uint(1, lease.job.rawValue)
        uint(2, lease.candidates)
        int(3, lease.wait.nanoseconds)
        uint(4, event.sequence &- lease.token.counter)
        uint(5, lease.token.epoch)
        name(6, lease.worker)
        presentName(7, lease.machine)
        uint(8, UInt64(lease.attempt))
        after(9, lease.deadline, event)
        uint(10, UInt64(lease.policy.rawValue))
    }

    private mutating func lease(_ job: JobID, _ token: LeaseToken, _ event: Event) {
        uint(1, job.rawValue)
        uint(2, event.sequence &- token.counter)
        uint(3, token.epoch)
    }

    private mutating func retried(_ retry: JobRetried, _ event: Event) {
        uint(1, retry.job.rawValue)
        after(2, retry.due, event)
        int(3, retry.backoff.nanoseconds)
        int(4, retry.jitter.nanoseconds)
    }

    private mutating func points(_ job: JobID, _ series: Name, _ points: [Point]) {
        uint(1, job.rawValue)
        name(2, series)
        for point in points {
            message(3) { writer in
                writer.uint(1, point.step)
                writer.fixed(2, UInt64(bitPattern: point.time.nanoseconds))
                writer.fixed(3, point.value.bitPattern)
                writer.uint(4, point.isFinite ? 0 : 1)
            }
        }
    }

    /// The distance from the event's time to a moment; wraps, so that every moment survives.
    private mutating func after(_ field: UInt32, _ moment: Timestamp, _ event: Event) {
        int(field, moment.nanoseconds &- event.time.nanoseconds)
    }
}
