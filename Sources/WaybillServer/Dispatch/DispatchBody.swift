import Waybill
import WaybillHTTP
import WaybillJSON

/// What a worker asks for, and what it says that it has done.
struct DispatchBody: Sendable {
    let work: DispatchRequest
    let completions: [Completion]

    init(_ fields: inout JSONFields, longest: Duration) throws(FieldProblem) {
        var work = try DispatchRequest(&fields)
        if work.max > Pages.longest { throw fields.problem("max", "must be at most \(Pages.longest)") }
        work.wait = try fields.milliseconds("waitMs", atMost: TimeSpan(longest)) ?? .zero
        self.work = work
        completions = try Self.completions(&fields)
    }

    private static func completions(_ fields: inout JSONFields) throws(FieldProblem) -> [Completion] {
        guard case .array(let values)? = fields.member("complete")?.value else {
            if fields.holds("complete") { throw fields.problem("complete", "must be a list of objects") }
            return []
        }
        if values.count > Pages.longest {
            throw fields.problem("complete", "has over \(Pages.longest) items")
        }
        var completions: [Completion] = []
        for (index, value) in values.enumerated() {
            var object = try JSONFields(value, prefix: "complete[\(index)].")
            let token = try object.token("token")
            completions.append(Completion(.lease(token), result: try Payload(result: &object)))
            try object.finish()
        }
        return completions
    }
}

extension TimeSpan {
    init(_ duration: Duration) {
        self.init(nanoseconds: Int64(duration / .nanoseconds(1)))
    }
}
