package import JSONText
package import Orchestration

extension Lease: JSONListed {
    package static let listName = "leases"

    package func write(to json: inout JSONWriter) {
        json.field("job", job)
        json.field("token", token)
        json.field("deadline", deadline)
        json.field("attempt", attempt)
        json.optional("machine", machine)
        json.optional("traceparent", traceparent)
        json.field("kind", specification.kind)
        json.field("queue", specification.queue)
        json.field("priority", specification.priority)
        json.field("tags", specification.tags)
        json.field("attributes", specification.attributes)
        json.milliseconds("leaseMs", specification.timeouts.lease)
        json.payload(Payload(specification.payload, contentType: specification.contentType))
    }
}

/// What a worker gets for its request.
package struct DispatchReply: JSONObject {
    package let leases: [Lease]
    /// One for each completion; nil is success.
    package let outcomes: [Refusal?]
    /// Why there are no leases, where completions went through all the same.
    package let refused: Reason?

    package init(leases: [Lease], outcomes: [Refusal?] = [], refused: Reason? = nil) {
        self.leases = leases
        self.outcomes = outcomes
        self.refused = refused
    }

    package func write(to json: inout JSONWriter) {
        json.field(Lease.listName, leases)
        json.list("outcomes", orNull: outcomes)
        json.optional("refused", refused)
    }
}

extension DispatchRequest {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        let max = try fields.integer("max", Int.self) ?? 1
        if max < 1 { throw fields.problem("max", "must be at least 1") }
        self.init(
            worker: try fields.requiredName("worker"),
            queues: try fields.names("queues"),
            kinds: try fields.names("kinds"),
            max: max,
            machine: try fields.name("machine")
        )
    }
}

extension HeartbeatReply: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("deadline", deadline)
        json.field("cancelRequested", isCancelRequested)
        json.field("draining", isDraining)
    }
}

extension JobProgress: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.optional("fraction", fraction)
        json.field("message", message, isUsual: message.isEmpty)
    }

    /// Nil where neither a fraction nor a message is given.
    package init?(_ fields: inout JSONFields) throws(FieldProblem) {
        let fraction = try fields.real("fraction", in: 0...1)
        let message = try fields.text("message")
        if fraction == nil && message == nil { return nil }
        self.init(fraction: fraction, message: message ?? "")
    }
}

extension Failure: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("type", type)
        json.field("message", message, isUsual: message.isEmpty)
        json.field("retryable", isRetryable)
        json.milliseconds("retryAfterMs", retryAfter)
    }

    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        self.init(
            type: try fields.requiredName("type"),
            message: try fields.text("message") ?? "",
            isRetryable: try fields.flag("retryable") ?? true,
            retryAfter: try fields.milliseconds("retryAfterMs")
        )
    }
}
