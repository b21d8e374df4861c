package import JSONText
package import Orchestration

extension JobSpecification {
    /// Every field of a job but those that tie it to other jobs, which the callers name in their own ways.
    package init(_ fields: inout JSONFields, _ moments: inout some Moments) throws(FieldProblem) {
        self.init(kind: try fields.requiredText("kind"))
        if let queue = try fields.text("queue") { self.queue = queue }
        let payload = try Payload(&fields)
        self.payload = payload.bytes
        contentType = payload.contentType
        priority = try fields.integer("priority", Int32.self) ?? priority
        runAt = try moments.moment("runAt", &fields)
        expiresAt = try moments.moment("expiresAt", &fields)
        tags = try fields.texts("tags")
        attributes = try fields.dictionary("attributes")
        uniqueKey = try fields.text("uniqueKey")
        uniqueWindow = try fields.span("uniqueWindow")
        onClash = try fields.choice("onClash", ClashRule.allCases, \.name) ?? onClash
        concurrencyKey = try fields.text("concurrencyKey")
        fairnessKey = try fields.text("fairnessKey")
        fairnessWeight = try fields.integer("fairnessWeight", UInt32.self) ?? fairnessWeight
        requirements = try Requirements(&fields) ?? requirements
        retry = try RetryPolicy(&fields, usual: retry) ?? retry
        timeouts = try Timeouts(&fields, usual: timeouts) ?? timeouts
        let rule = try fields.choice("onParentFailure", ParentFailureRule.allCases, \.name)
        onParentFailure = rule ?? onParentFailure
    }

    /// What makes a job a suggestion: where it comes from, and how sure that source is.
    package mutating func readSuggestion(_ fields: inout JSONFields) throws(FieldProblem) {
        source = try fields.text("source")
        confidence = try fields.real("confidence", in: 0...1)
    }
}

extension Payload {
    package static let json = "application/json"

    /// `payload` is JSON as it stands, or a text of the `contentType`; `payloadBase64` is bytes of it.
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        let contentType = try fields.text("contentType")
        let member = fields.member("payload")
        if let bytes = try fields.base64("payloadBase64") {
            if member != nil {
                throw fields.problem("payloadBase64", "stands beside payload; give one")
            }
            self.init(bytes, contentType: contentType ?? "application/octet-stream")
            return
        }
        guard let member else {
            self.init([], contentType: contentType ?? "")
            return
        }
        guard let contentType, contentType != Self.json else {
            self.init(Array(member.source), contentType: Self.json)
            return
        }
        guard case .string(let text) = member.value else {
            throw fields.problem("payload", "must be a text where contentType is not application/json")
        }
        self.init(Array(text.utf8), contentType: contentType)
    }

    /// What a job made: JSON as it stands under `result`; empty where it is missing.
    package init(result fields: inout JSONFields) {
        self = fields.member("result").map { Payload(Array($0.source), contentType: Self.json) } ?? Payload()
    }
}
