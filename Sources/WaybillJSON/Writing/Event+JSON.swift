import JSONText
public import Orchestration

extension Event {
    /// The event as one JSON object and a line break, in UTF-8.
    ///
    /// What is empty or zero is left out.
    public var jsonLine: [UInt8] {
        var json = JSONWriter()
        json.field("sequence", sequence)
        json.field("time", time.rfc3339)
        json.field("type", body.name)
        json.field("actor", context.actor)
        if command != sequence { json.field("command", command) }
        if member != 0 { json.field("member", UInt64(member)) }
        if cause != 0 { json.field("cause", cause) }
        json.optional("idempotencyKey", context.idempotencyKey)
        json.optional("reason", context.reason)
        json.optional("traceparent", context.traceparent)
        if let job = body.job { json.field("job", job.rawValue) }
        body.write(to: &json)
        json.links(links)
        return json.finish() + [0x0a]
    }
}

extension Event.Body {
    fileprivate func write(to json: inout JSONWriter) {
        switch self {
        case .engineOpened(let opened):
            json.field("epoch", opened.epoch)
            json.field("clock", opened.clock.name)
            json.field("serving", opened.isServing)
            json.seconds("idempotencyWindow", opened.idempotency.window)
            json.field("idempotencyKeys", UInt64(opened.idempotency.count))
        case .clockJumped(let jump): json.seconds("jump", jump)
        case .logQuarantined(let tail):
            json.field("file", tail.file)
            json.field("bytes", tail.bytes)
        case .jobCreated(_, let specification), .suggestionMade(_, let specification):
            specification.write(to: &json)
        case .suggestionApproved, .suggestionRejected, .jobExpired, .jobUnblocked, .jobDue, .jobDiscarded,
            .jobPruned:
            break
        case .jobUpdated(_, let change): change.write(to: &json)
        case .jobRedriven(let redriven):
            if redriven.isProposed { json.field("proposed", true) }
            redriven.specification.write(to: &json)
        case .jobDispatched(let dispatched): dispatched.write(to: &json)
        case .jobSucceeded(_, let token, let result):
            if token != .absent { json.field("token", token.description) }
            json.payload("result", result.bytes, result.contentType)
        case .attemptFailed(_, let token, let failure):
            json.field("token", token.description)
            json.field("error", failure.type)
            if !failure.message.isEmpty { json.field("message", failure.message) }
            json.field("retryable", failure.isRetryable)
            if let delay = failure.retryAfter { json.seconds("retryAfter", delay) }
        case .jobRetried(let retried):
            json.field("due", retried.due.rfc3339)
            json.seconds("backoff", retried.backoff)
            json.seconds("jitter", retried.jitter)
        case .jobDied(_, let reason): json.field("why", reason)
        case .leaseExpired(_, let token, let beat):
            json.field("token", token.description)
            json.optional("lastHeartbeat", beat?.rfc3339)
        case .leaseRenewed(_, let token), .jobReleased(_, let token):
            json.field("token", token.description)
        case .jobSnoozed(_, let token, let due):
            json.field("token", token.description)
            json.field("due", due.rfc3339)
        case .jobProgressed(_, let token, let progress):
            json.field("token", token.description)
            if let fraction = progress.fraction { json.field("fraction", fraction) }
            if !progress.message.isEmpty { json.field("message", progress.message) }
        case .jobCancelled(_, let reason): json.field("why", reason.name)
        case .jobCancelRequested(_, let deadline): json.field("deadline", deadline.rfc3339)
        case .pointsAdded(_, let series, let points):
            json.field("series", series)
            json.points(points)
        case .queueConfigured(let queue): queue.write(to: &json)
        case .queueStatusSet(let name, let status):
            json.field("queue", name)
            json.field("status", status.name)
        case .workerRegistered(let worker): worker.write(to: &json)
        case .workerDrained(let name): json.field("worker", name)
        case .machineRegistered(let machine): machine.write(to: &json)
        case .machineStatusSet(let name, let status):
            json.field("machine", name)
            json.field("status", status.name)
        }
    }
}
