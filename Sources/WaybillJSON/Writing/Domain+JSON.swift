package import JSONText
package import Orchestration

extension JobDispatched {
    package func write(to json: inout JSONWriter) {
        json.field("token", token.description)
        json.field("worker", worker)
        json.optional("machine", machine)
        json.field("attempt", UInt64(attempt))
        json.field("deadline", deadline.rfc3339)
        json.field("policy", policy.name)
        json.field("candidates", candidates)
        json.seconds("wait", wait)
    }
}

extension MachineSpecification {
    package func write(to json: inout JSONWriter) {
        json.field("machine", name)
        json.field("cpuMillis", cpuMillis)
        json.nonZero("memoryMegabytes", memoryMegabytes)
        json.nonZero("gpuDevices", gpuDevices)
        if !gpuModel.isEmpty { json.field("gpuModel", gpuModel) }
        json.list("labels", labels)
        json.dictionary("attributes", attributes)
    }
}

extension QueueSpecification {
    package func write(to json: inout JSONWriter) {
        json.field("queue", name)
        if let concurrency { json.field("concurrency", UInt64(concurrency)) }
        if let keyConcurrency { json.field("keyConcurrency", UInt64(keyConcurrency)) }
        if let rate {
            json.object("rate") { json in
                json.field("starts", UInt64(rate.starts))
                json.seconds("interval", rate.interval)
                json.field("burst", UInt64(rate.burst))
            }
        }
        json.field("policy", policy.name)
        json.seconds("aging", aging)
        if let span = retention.succeeded { json.seconds("keepSucceeded", span) }
        if let span = retention.dead { json.seconds("keepDead", span) }
        if let span = retention.cancelled { json.seconds("keepCancelled", span) }
    }
}

extension WorkerSpecification {
    package func write(to json: inout JSONWriter) {
        json.field("worker", name)
        json.field("slots", UInt64(slots))
        json.list("queues", queues)
        json.list("kinds", kinds)
        json.list("labels", labels)
    }
}

extension JobChange {
    /// What changes, an emptied list too.
    package func write(to json: inout JSONWriter) {
        if let priority { json.field("priority", Int64(priority)) }
        json.optional("runAt", runAt?.rfc3339)
        if let tags { json.field("tags", tags) }
        if let attributes {
            json.object("attributes") { json in
                for (key, value) in attributes.sorted(by: { $0.key < $1.key }) { json.field(key, value) }
            }
        }
        if let requirements { json.object("requirements") { requirements.write(to: &$0) } }
        if let isHeld { json.field("held", isHeld) }
    }
}
