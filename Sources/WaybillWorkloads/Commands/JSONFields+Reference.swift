import Orchestration
import WaybillJSON

extension JSONFields {
    /// A job: the text of a `ref`, or a number as an id.
    mutating func job(_ name: String) throws(FieldProblem) -> JobReference {
        try reference(try required(name).value, name)
    }

    mutating func jobs(_ name: String) throws(FieldProblem) -> [JobReference] {
        guard case .array(let values) = try required(name).value, !values.isEmpty else {
            throw problem(name, "must be a list of jobs")
        }
        var result: [JobReference] = []
        for value in values { result.append(try reference(value, name)) }
        return result
    }

    private func reference(_ value: JSONValue, _ name: String) throws(FieldProblem) -> JobReference {
        switch value {
        case .string(let text) where !text.isEmpty: return .name(text)
        case .number(let text):
            if let id = UInt64(String(decoding: text, as: UTF8.self)), id > 0 { return .id(JobID(id)) }
        default: break
        }
        throw problem(name, "must be a ref or a job's number")
    }
}
