import Orchestration
import WaybillJSON

/// The moments of a script: all are milliseconds since its zero, such as `atMs`, or all dates, such as `at`.
struct ScriptTimes: Moments {
    /// Unknown until the first time is read.
    private(set) var areDates: Bool?
    private let dates = Dates()

    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        if case .number? = fields.member(name)?.value {
            throw fields.problem(name, "must be an RFC 3339 time; milliseconds stand under \(name)Ms")
        }
        let counted = try fields.milliseconds(name + "Ms")
        let date = try dates.moment(name, &fields)
        guard counted != nil || date != nil else { return nil }
        if counted != nil, date != nil { throw fields.problem(name, "stands beside \(name)Ms; give one") }
        if let areDates, areDates != (date != nil) {
            throw fields.problem(name, "a script's moments are all milliseconds or all dates")
        }
        areDates = date != nil
        return date ?? counted.map { Timestamp.zero + $0 }
    }
}
