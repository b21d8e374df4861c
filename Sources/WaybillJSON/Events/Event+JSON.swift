package import JSONText
package import Orchestration

extension Event: JSONListed {
    package static let listName = "events"

    /// The event as one JSON object and a line break, in UTF-8.
    ///
    /// What is empty, zero or has its usual value is left out.
    package var jsonLine: [UInt8] { json + [0x0a] }

    package func write(to json: inout JSONWriter) {
        json.tersely { json in
            json.field("sequence", sequence)
            json.field("time", time)
            json.field("type", body.name)
            json.field("actor", context.actor)
            json.field("command", command, isUsual: command == sequence)
            json.field("member", member, isUsual: member == 0)
            json.field("cause", cause, isUsual: cause == 0)
            json.optional("idempotencyKey", context.idempotencyKey)
            json.optional("reason", context.reason)
            json.optional("traceparent", context.traceparent)
            json.optional("job", body.job)
            body.write(to: &json)
            json.field("previous", links, isUsual: links == BackLinks())
        }
    }
}

extension BackLinks: JSONObject {
    /// The sequences of the events before, of the same job, worker and machine.
    package func write(to json: inout JSONWriter) {
        json.field("job", job, isUsual: job == 0)
        json.field("worker", worker, isUsual: worker == 0)
        json.field("machine", machine, isUsual: machine == 0)
    }
}

extension Event.Body {
    fileprivate func write(to json: inout JSONWriter) {
        switch self {
        case .engineOpened(let opened): opened.write(to: &json)
        case .clockJumped(let jump): json.milliseconds("jumpMs", jump)
        case .jobFound(let job): json.field("job", job)
        case .logQuarantined(let tail):
            json.field("file", tail.file)
            json.field("bytes", tail.bytes)
        case .jobCreated(let job, let specification), .suggestionMade(let job, let specification):
            specification.write(to: &json)
            json.tasks(of: job, count: specification.taskCount)
        case .suggestionApproved, .suggestionRejected, .jobExpired, .jobUnblocked, .jobDue, .jobDiscarded,
            .jobPruned:
            break
        case .jobUpdated(_, let change): change.write(to: &json)
        case .jobRedriven(let redriven):
            json.field("proposed", redriven.isProposed, isUsual: !redriven.isProposed)
            redriven.specification.write(to: &json)
            json.tasks(of: redriven.job, count: redriven.specification.taskCount)
        case .jobDispatched(let dispatched): dispatched.write(to: &json)
        case .jobSucceeded(_, let token, let result):
            json.field("token", token, isUsual: token == .absent)
            json.result(result)
        case .attemptFailed(_, let token, let failure):
            json.field("token", token)
            json.field("failure", failure)
        case .jobRetried(let retried):
            json.field("due", retried.due)
            json.milliseconds("backoffMs", retried.backoff)
            json.milliseconds("jitterMs", retried.jitter)
        case .jobDied(_, let reason): json.field("deathReason", reason)
        case .leaseExpired(_, let token, let lastHeartbeat):
            json.field("token", token)
            json.optional("lastHeartbeat", lastHeartbeat)
        case .leaseRenewed(_, let token), .jobReleased(_, let token): json.field("token", token)
        case .jobSnoozed(_, let token, let due):
            json.field("token", token)
            json.field("due", due)
        case .jobProgressed(_, let token, let progress):
            json.field("token", token)
            json.field("progress", progress)
        case .jobCancelled(_, let reason): json.field("cancellation", reason.name)
        case .jobCancelRequested(_, let deadline): json.field("deadline", deadline)
        case .pointsAdded(_, let series, let points):
            json.field("series", series)
            json.field("points", points)
        case .queueConfigured(let queue):
            json.field("queue", queue.name)
            queue.write(to: &json)
        case .queueStatusSet(let name, let status):
            json.field("queue", name)
            json.field("status", status.name)
        case .workerRegistered(let worker):
            json.field("worker", worker.name)
            worker.write(to: &json)
        case .workerDrained(let name): json.field("worker", name)
        case .machineRegistered(let machine):
            json.field("machine", machine.name)
            machine.write(to: &json)
        case .machineStatusSet(let name, let status):
            json.field("machine", name)
            json.field("status", status.name)
        }
    }
}

extension EngineOpened {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("epoch", epoch)
        json.field("clock", clock.name)
        json.field("serving", isServing)
        json.milliseconds("idempotencyWindowMs", idempotency.window)
        json.field("idempotencyKeys", idempotency.count)
    }
}

extension JobDispatched {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("token", token)
        json.field("worker", worker)
        json.optional("machine", machine)
        json.field("attempt", attempt)
        json.field("deadline", deadline)
        json.field("policy", policy.name)
        json.field("candidates", candidates)
        json.milliseconds("waitedMs", wait)
    }
}

/// Why a stream of events ends.
package struct StreamEnd: JSONObject {
    private let reason: String

    package init(reason: String) {
        self.reason = reason
    }

    package func write(to json: inout JSONWriter) {
        json.field("reason", reason)
    }
}
