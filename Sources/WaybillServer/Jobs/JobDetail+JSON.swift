import Orchestration
import Waybill
import WaybillJSON

extension JobDetail {
    func write(to json: inout JSONWriter, tasks: TaskProgress?) {
        json.field("id", id.rawValue)
        json.field("kind", specification.kind)
        json.field("queue", specification.queue)
        json.field("state", state.name)
        json.optional("cancellation", cancellation?.name)
        json.field("priority", Int64(specification.priority))
        json.field("attempts", UInt64(attempts))
        json.field("tags", specification.tags)
        json.field("held", isHeld)
        json.optional("worker", worker)
        json.optional("machine", machine)
        json.field("createdAt", createdAt.rfc3339)
        json.field("changedAt", changedAt.rfc3339)
        json.field("version", version)
        specification.writeTerms(to: &json)
        json.content("payload", type: "contentType", specification.payload, specification.contentType)
        writeCourse(to: &json, tasks)
        json.optional("endedAt", endedAt?.rfc3339)
        json.optional("deathReason", deathReason)
        if let result { json.content("result", type: "resultType", result.bytes, result.contentType) }
    }

    /// What has become of it so far.
    private func writeCourse(to json: inout JSONWriter, _ tasks: TaskProgress?) {
        json.field("failures", UInt64(failures))
        json.field("crashes", UInt64(crashes))
        json.field("suggested", wasSuggested)
        json.field("cancelRequested", isCancelRequested)
        json.field("waitsFor", UInt64(waitsFor))
        json.optional("due", due?.rfc3339)
        json.optional("token", token?.description)
        json.optional("deadline", deadline?.rfc3339)
        if let progress { json.object("progress") { progress.write(to: &$0) } }
        if let tasks { json.object("tasks") { tasks.write(to: &$0) } }
        if let failure { json.object("failure") { failure.write(to: &$0) } }
    }
}

extension JobSpecification {
    /// What was asked for, defaults included, without the payload and what a summary has.
    func writeTerms(to json: inout JSONWriter) {
        json.whole("attributes", attributes)
        json.optional("runAt", runAt?.rfc3339)
        json.optional("expiresAt", expiresAt?.rfc3339)
        json.optional("uniqueKey", uniqueKey)
        if let uniqueWindow { json.seconds("uniqueWindow", uniqueWindow) }
        json.field("onClash", onClash.name)
        json.optional("concurrencyKey", concurrencyKey)
        json.optional("fairnessKey", fairnessKey)
        json.field("fairnessWeight", UInt64(fairnessWeight))
        json.optional("source", source)
        if let confidence { json.field("confidence", confidence) }
        json.object("requirements") { requirements.write(to: &$0) }
        json.object("retry") { retry.write(to: &$0) }
        json.object("timeouts") { timeouts.write(to: &$0) }
        json.field("after", after.map(\.rawValue))
        json.field("onParentFailure", onParentFailure.name)
        json.field("onTaskFailure", onTaskFailure.name)
        if let parent { json.field("parent", parent.rawValue) }
        if let rerunOf { json.field("rerunOf", rerunOf.rawValue) }
    }
}

extension JobProgress {
    func write(to json: inout JSONWriter) {
        if let fraction { json.field("fraction", fraction) }
        json.field("message", message)
    }
}

extension Failure {
    func write(to json: inout JSONWriter) {
        json.field("type", type)
        json.field("message", message)
        json.field("retryable", isRetryable)
        if let retryAfter { json.seconds("retryAfter", retryAfter) }
    }
}

extension TaskProgress {
    func write(to json: inout JSONWriter) {
        json.field("total", UInt64(total))
        json.field("waiting", UInt64(waiting))
        json.field("running", UInt64(running))
        json.field("succeeded", UInt64(succeeded))
        json.field("dead", UInt64(dead))
        json.field("cancelled", UInt64(cancelled))
        json.field("from", jobs.lowerBound.rawValue)
        json.field("through", jobs.upperBound.rawValue)
    }
}
