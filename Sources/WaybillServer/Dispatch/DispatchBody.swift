import Waybill
import WaybillHTTP
import WaybillJSON

/// What a worker asks for, and what it says that it has done.
struct DispatchBody: Sendable {
    var work: DispatchRequest
    let completions: [Completion]
    let wait: Duration

    init(_ fields: inout JSONFields, longest: Duration) throws(FieldProblem) {
        work = try DispatchRequest(&fields)
        if work.max > Pages.longest { throw fields.problem("max", "must be at most \(Pages.longest)") }
        let milliseconds = try fields.integer("waitMs", Int64.self) ?? 0
        let most = Int64(longest / .milliseconds(1))
        guard (0...most).contains(milliseconds) else {
            throw fields.problem("waitMs", "must be from 0 to \(most)")
        }
        wait = .milliseconds(milliseconds)
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
            completions.append(Completion(.lease(token), result: try Payload(resultIn: &object)))
            try object.finish()
        }
        return completions
    }
}

extension Payload {
    /// What a job made: JSON as it stands under `result`, or bytes of a type under `resultBase64`.
    init(resultIn fields: inout JSONFields) throws(FieldProblem) {
        let contentType = try fields.text("resultType")
        let hasResult = fields.holds("result")
        guard let bytes = try fields.base64("resultBase64") else {
            if contentType?.isEmpty == false { throw fields.problem("resultType", "is for resultBase64") }
            self.init(result: &fields)
            return
        }
        _ = fields.member("result")
        if hasResult { throw fields.problem("resultBase64", "stands beside result; give one") }
        self.init(bytes, contentType: contentType ?? "application/octet-stream")
    }
}
