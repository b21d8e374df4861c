import Waybill
import WaybillHTTP
import WaybillJSON

/// What a worker asks for, and what it says that it has done.
struct DispatchBody: Sendable {
    let work: DispatchRequest
    let completions: [Completion]
    /// Those whose result stands under `resultBase64`.
    private let encoded: Set<Int>

    init(_ fields: inout JSONFields, longest: Duration) throws(FieldProblem) {
        var work = try DispatchRequest(&fields)
        if work.max > Pages.longest { throw fields.problem("max", "must be at most \(Pages.longest)") }
        work.wait = try fields.milliseconds("waitMs", atMost: TimeSpan(longest)) ?? .zero
        self.work = work
        (completions, encoded) = try Self.completions(&fields)
    }

    /// What became of each completion, with the names that it has in the request.
    func told(_ outcomes: [Refusal?]) -> [Refusal?] {
        outcomes.enumerated().map { index, outcome in
            guard case .payloadTooLarge("result", let bytes, let limit) = outcome, encoded.contains(index)
            else {
                return outcome
            }
            return .payloadTooLarge(field: "resultBase64", bytes: bytes, limit: limit)
        }
    }

    private static func completions(
        _ fields: inout JSONFields
    ) throws(FieldProblem) -> ([Completion], encoded: Set<Int>) {
        guard case .array(let values)? = fields.member("complete")?.value else {
            if fields.holds("complete") { throw fields.problem("complete", "must be a list of objects") }
            return ([], [])
        }
        if values.count > Pages.longest {
            throw fields.problem("complete", "has over \(Pages.longest) items")
        }
        var (completions, encoded): ([Completion], Set<Int>) = ([], [])
        for (index, value) in values.enumerated() {
            var object = try JSONFields(value, prefix: "complete[\(index)].")
            let token = try object.token("token")
            if object.holds("resultBase64") { encoded.insert(index) }
            completions.append(Completion(.lease(token), result: try Payload(result: &object)))
            try object.finish()
        }
        return (completions, encoded)
    }
}

extension TimeSpan {
    init(_ duration: Duration) {
        self.init(nanoseconds: Int64(duration / .nanoseconds(1)))
    }
}
