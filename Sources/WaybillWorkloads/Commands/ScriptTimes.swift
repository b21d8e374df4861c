import Orchestration
import WaybillJSON

/// The times of a script: all seconds, or all dates.
struct ScriptTimes: Moments {
    /// Unknown until the first time is read.
    private(set) var areDates: Bool?

    /// A number of seconds from 0 to 2^32, or an RFC 3339 text.
    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        guard let member = fields.member(name) else { return nil }
        let moment: Timestamp
        let isDate: Bool
        switch member.value {
        case .number(let text):
            guard let seconds = Number.finite(text), (0...4_294_967_296).contains(seconds) else {
                throw fields.problem(name, "must be seconds from 0 to 4294967296")
            }
            moment = Timestamp(nanoseconds: Int64((seconds * 1e9).rounded()))
            isDate = false
        case .string(let text):
            guard let date = CivilTime.timestamp(Array(text.utf8)[...], needsZone: true) else {
                throw fields.problem(name, "must be an RFC 3339 time")
            }
            moment = date
            isDate = true
        default: throw fields.problem(name, "must be seconds or an RFC 3339 time")
        }
        if let areDates, areDates != isDate {
            throw fields.problem(name, "a script's times are all seconds or all dates")
        }
        areDates = isDate
        return moment
    }
}
