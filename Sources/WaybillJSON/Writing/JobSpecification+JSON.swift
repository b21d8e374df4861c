package import JSONText
package import Orchestration

extension JobSpecification {
    /// Every field that differs from its default.
    package func write(to json: inout JSONWriter) {
        let plain = JobSpecification(kind: kind)
        json.field("kind", kind)
        json.field("queue", queue)
        if priority != 0 { json.field("priority", Int64(priority)) }
        json.optional("runAt", runAt?.rfc3339)
        json.optional("expiresAt", expiresAt?.rfc3339)
        json.list("tags", tags)
        json.dictionary("attributes", attributes)
        json.optional("uniqueKey", uniqueKey)
        if let uniqueWindow { json.seconds("uniqueWindow", uniqueWindow) }
        if onClash != plain.onClash { json.field("onClash", onClash.name) }
        json.optional("concurrencyKey", concurrencyKey)
        json.optional("fairnessKey", fairnessKey)
        if fairnessWeight != plain.fairnessWeight { json.field("fairnessWeight", UInt64(fairnessWeight)) }
        json.optional("source", source)
        if let confidence { json.field("confidence", confidence) }
        if requirements != plain.requirements { json.object("requirements") { requirements.write(to: &$0) } }
        if retry != plain.retry { json.object("retry") { retry.write(to: &$0) } }
        if timeouts != plain.timeouts { json.object("timeouts") { timeouts.write(to: &$0) } }
        if !after.isEmpty { json.field("after", after.map(\.rawValue)) }
        if onParentFailure != plain.onParentFailure { json.field("onParentFailure", onParentFailure.name) }
        json.nonZero("tasks", UInt64(taskCount))
        if onTaskFailure != plain.onTaskFailure { json.field("onTaskFailure", onTaskFailure.name) }
        if let parent { json.field("parent", parent.rawValue) }
        if let rerunOf { json.field("rerunOf", rerunOf.rawValue) }
        json.payload("payload", payload, contentType)
    }
}

extension Requirements {
    package func write(to json: inout JSONWriter) {
        json.nonZero("cpuMillis", cpuMillis)
        json.nonZero("memoryMegabytes", memoryMegabytes)
        json.nonZero("gpuMillis", gpuMillis)
        json.nonZero("gpuDevices", gpuDevices)
        json.list("gpuModels", gpuModels)
        json.list("labels", labels)
        json.optional("machine", machine)
    }
}

extension RetryPolicy {
    package func write(to json: inout JSONWriter) {
        json.field("maxAttempts", UInt64(maxAttempts))
        json.field("maxCrashes", UInt64(maxCrashes))
        json.seconds("base", base)
        json.field("factor", factor)
        json.seconds("cap", cap)
        json.field("jitter", jitter)
        json.list("nonRetryable", nonRetryable)
    }
}

extension Timeouts {
    package func write(to json: inout JSONWriter) {
        json.seconds("lease", lease)
        if let run { json.seconds("run", run) }
        if let total { json.seconds("total", total) }
    }
}
