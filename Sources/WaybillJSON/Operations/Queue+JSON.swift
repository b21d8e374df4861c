package import JSONText
package import Orchestration
package import Waybill

extension QueueSpecification {
    /// What is configured of it; its name stands apart, for it is `queue` where an event speaks of it.
    func write(to json: inout JSONWriter) {
        json.optional("concurrency", concurrency)
        json.optional("keyConcurrency", keyConcurrency)
        json.optional("rate", rate)
        json.field("policy", policy.name)
        json.milliseconds("agingMs", aging)
        json.field("retention", retention, isUsual: retention == Retention())
    }

    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredName("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: Name, _ fields: inout JSONFields) throws(FieldProblem) {
        self.init(name: name)
        concurrency = try fields.integer("concurrency", UInt32.self)
        keyConcurrency = try fields.integer("keyConcurrency", UInt32.self)
        rate = try Rate(&fields)
        let policies: [DispatchPolicy] = [.fifo, .priority]
        policy = try fields.choice("policy", policies, \.name) ?? policy
        aging = try fields.positiveMilliseconds("agingMs") ?? aging
        retention = try Retention(&fields) ?? retention
    }
}

extension Rate: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("starts", starts)
        json.milliseconds("intervalMs", interval)
        json.field("burst", burst)
    }

    fileprivate init?(_ fields: inout JSONFields) throws(FieldProblem) {
        guard var object = try fields.object("rate") else { return nil }
        self.init(
            try object.integer("starts", UInt32.self) ?? 0,
            per: try object.requiredPositiveMilliseconds("intervalMs"),
            burst: try object.integer("burst", UInt32.self) ?? 1
        )
        try object.finish()
    }
}

extension Retention: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.milliseconds("succeededMs", succeeded)
        json.milliseconds("deadMs", dead)
        json.milliseconds("cancelledMs", cancelled)
    }

    fileprivate init?(_ fields: inout JSONFields) throws(FieldProblem) {
        guard var object = try fields.object("retention") else { return nil }
        self.init(
            succeeded: try object.milliseconds("succeededMs"),
            dead: try object.milliseconds("deadMs"),
            cancelled: try object.milliseconds("cancelledMs")
        )
        try object.finish()
    }
}

/// A queue, and how long its jobs waited lately.
package struct QueueWithWaits: JSONListed {
    package static let listName = "queues"
    package let queue: QueueSummary
    package let waits: DurationSummary?

    package init(_ queue: QueueSummary, _ waits: DurationSummary?) {
        self.queue = queue
        self.waits = waits
    }

    package func write(to json: inout JSONWriter) {
        json.field("name", queue.name)
        json.field("status", queue.status.name)
        queue.specification.write(to: &json)
        json.field("counts", JobCounts { queue[$0] })
        json.field("held", queue.held)
        json.optional("available", queue.available)
        json.optional("oldestReady", queue.oldestReady)
        json.optional("waits", waits)
        json.field("attempts", queue.attempts)
    }
}

extension QueueWithWaits {
    /// Queues that ever held a job or were configured, by name, as of one moment; waits may be a little newer.
    package static func page(
        _ queues: QueuesModel,
        _ throughput: ThroughputModel,
        after cursor: Name? = nil,
        limit: Int = .max
    ) async -> Committed<[QueueWithWaits]> {
        let seen = await queues.inspect { $0.page(after: cursor, limit: limit) }
        await throughput.caughtUp(to: seen.sequence)
        let list = await throughput.inspect { throughput in
            seen.value.map { QueueWithWaits($0, throughput.waits(queue: $0.name)) }
        }
        return Committed(list.value, sequence: seen.sequence)
    }
}

extension AttemptTally: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("succeeded", succeeded)
        json.field("failed", failed)
        json.field("crashed", crashed)
        json.field("snoozed", snoozed)
        json.field("released", released)
        json.optional("completionRate", completionRate)
    }
}

extension DurationSummary: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("count", count)
        json.milliseconds("p50Ms", p50)
        json.milliseconds("p90Ms", p90)
        json.milliseconds("p95Ms", p95)
        json.milliseconds("p99Ms", p99)
        json.milliseconds("maxMs", max)
        json.milliseconds("meanMs", mean)
    }
}
