package import JSONText
package import Orchestration

// What workers say.

extension DispatchRequest {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        let max = try fields.integer("max", Int.self) ?? 1
        if max < 1 { throw fields.problem("max", "must be at least 1") }
        self.init(
            worker: try fields.requiredText("worker"),
            queues: try fields.texts("queues"),
            kinds: try fields.texts("kinds"),
            max: max,
            machine: try fields.text("machine")
        )
    }
}

extension Failure {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        self.init(
            type: try fields.requiredText("type"),
            message: try fields.text("message") ?? "",
            isRetryable: try fields.flag("retryable") ?? true,
            retryAfter: try fields.span("retryAfter")
        )
    }
}

extension JobProgress {
    /// Nil where neither a fraction nor a message is given.
    package init?(_ fields: inout JSONFields) throws(FieldProblem) {
        let fraction = try fields.real("fraction", in: 0...1)
        let message = try fields.text("message")
        if fraction == nil && message == nil { return nil }
        self.init(fraction: fraction, message: message ?? "")
    }
}

extension Point {
    /// The `points` of a curve, at least one; `now` where a point has no time.
    package static func list(
        _ fields: inout JSONFields,
        _ moments: inout some Moments,
        now: Timestamp
    ) throws(FieldProblem) -> [Point] {
        var points: [Point] = []
        for var object in try fields.objects("points") {
            guard let step = try object.integer("step", UInt64.self) else {
                throw object.problem("step", "is missing")
            }
            let value = try object.curveValue("value")
            let time = try moments.moment("time", &object) ?? now
            points.append(Point(step: step, time: time, value: value))
            try object.finish()
        }
        return points
    }
}
