package import JSONText
package import Orchestration

extension JobSpecification: JSONObject {
    /// What was asked for, the payload last; the numbers of its tasks stand apart, for it doesn't know them.
    package func write(to json: inout JSONWriter) {
        let usual = JobSpecification(kind: kind)
        json.field("kind", kind)
        json.field("queue", queue)
        json.field("priority", priority, isUsual: priority == usual.priority)
        json.field("tags", tags, isUsual: tags.isEmpty)
        json.field("attributes", attributes, isUsual: attributes.isEmpty)
        json.optional("runAt", runAt)
        json.milliseconds("delayMs", delay)
        json.optional("expiresAt", expiresAt)
        json.optional("uniqueKey", uniqueKey)
        json.milliseconds("uniqueWindowMs", uniqueWindow)
        json.field("onClash", onClash.name, isUsual: onClash == usual.onClash)
        json.optional("concurrencyKey", concurrencyKey)
        json.optional("fairnessKey", fairnessKey)
        json.field("fairnessWeight", fairnessWeight, isUsual: fairnessWeight == usual.fairnessWeight)
        json.optional("source", source)
        json.optional("confidence", confidence)
        json.field("requirements", requirements, isUsual: requirements == usual.requirements)
        json.field("retry", retry, isUsual: retry == usual.retry)
        json.field("timeouts", timeouts, isUsual: timeouts == usual.timeouts)
        json.field("after", after, isUsual: after.isEmpty)
        json.field("onParentFailure", onParentFailure.name, isUsual: onParentFailure == usual.onParentFailure)
        json.field("onTaskFailure", onTaskFailure.name, isUsual: onTaskFailure == usual.onTaskFailure)
        json.optional("parent", parent)
        json.optional("rerunOf", rerunOf)
        json.payload(Payload(payload, contentType: contentType))
    }

    /// A job as somebody asks for it; which jobs it runs `after` is read apart, for scripts name them in their own way.
    package init(_ fields: inout JSONFields, _ moments: inout some Moments) throws(FieldProblem) {
        self.init(kind: try fields.requiredName("kind"))
        queue = try fields.name("queue") ?? queue
        priority = try fields.integer("priority", Int32.self) ?? priority
        tags = try fields.names("tags")
        attributes = try fields.attributes("attributes")
        runAt = try moments.moment("runAt", &fields)
        delay = try fields.milliseconds("delayMs")
        expiresAt = try moments.moment("expiresAt", &fields)
        uniqueKey = try fields.name("uniqueKey")
        uniqueWindow = try fields.milliseconds("uniqueWindowMs")
        onClash = try fields.choice("onClash", ClashRule.allCases, \.name) ?? onClash
        concurrencyKey = try fields.name("concurrencyKey")
        fairnessKey = try fields.name("fairnessKey")
        fairnessWeight = try fields.integer("fairnessWeight", UInt32.self) ?? fairnessWeight
        requirements = try Requirements(&fields) ?? requirements
        retry = try RetryPolicy(&fields, usual: retry) ?? retry
        timeouts = try Timeouts(&fields, usual: timeouts) ?? timeouts
        onParentFailure = try fields.rule("onParentFailure") ?? onParentFailure
        onTaskFailure = try fields.rule("onTaskFailure") ?? onTaskFailure
        let payload = try Payload(&fields)
        self.payload = payload.bytes
        contentType = payload.contentType
    }

    /// What makes a job a suggestion: where it comes from, and how sure that source is.
    package mutating func readSuggestion(_ fields: inout JSONFields) throws(FieldProblem) {
        source = try fields.name("source")
        confidence = try fields.real("confidence", in: 0...1)
    }
}

extension JSONFields {
    /// Refuses what a request says of a unique key that it doesn't have, also where that is what is usual.
    package func checkUniqueKey() throws(FieldProblem) {
        guard !holds("uniqueKey") else { return }
        for name in ["uniqueWindowMs", "onClash"] where holds(name) {
            throw problem(name, "needs a uniqueKey")
        }
    }

    fileprivate mutating func rule(_ name: String) throws(FieldProblem) -> ParentFailureRule? {
        try choice(name, ParentFailureRule.allCases, \.name)
    }
}
