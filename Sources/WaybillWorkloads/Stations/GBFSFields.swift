import Orchestration
import WaybillJSON

/// Fields of the General Bikeshare Feed Specification, in the forms of its versions 1 to 3.
///
/// Fields that nobody asks for are passed over.
extension JSONFields {
    /// The stations of a document, each with its path in it.
    static func stations(_ document: [UInt8], line: Int) throws(LineProblem) -> (JSONFields, [GBFSStation]) {
        do {
            var fields = try JSONFields(try JSONValue.parse(document[...]))
            // Some recorders keep what `data` holds without it.
            var data = try fields.object("data") ?? fields
            guard case .array(let values) = try data.required("stations").value else {
                throw data.problem("stations", "must be a list")
            }
            let prefix = fields.holds("data") ? "data.stations" : "stations"
            return (fields, values.enumerated().map { GBFSStation(value: $1, path: "\(prefix)[\($0)].") })
        } catch let problem as JSONProblem {
            throw LineProblem(line: line, problem: problem.message)
        } catch let problem as FieldProblem {
            throw LineProblem(line: line, field: problem.field, problem: problem.problem)
        } catch {
            throw LineProblem(line: line, problem: "\(error)")
        }
    }

    /// A text; some systems of version 1 write numbers.
    mutating func id(_ name: String) throws(FieldProblem) -> Name {
        switch try required(name).value {
        case .string(let text) where !text.isEmpty: return Name(text)
        case .number(let digits): return Name(String(decoding: digits, as: UTF8.self))
        default: throw problem(name, "is no id")
        }
    }

    /// A text, or one a language (version 3), of which the first counts.
    mutating func localized(_ name: String) throws(FieldProblem) -> String {
        switch member(name)?.value {
        case .string(let text): return text
        case .array(let texts):
            guard let first = texts.first else { return "" }
            var fields = try JSONFields(first, prefix: "\(name)[0].")
            return try fields.text("text") ?? ""
        default: return ""
        }
    }

    /// True or false, in version 1 also 1 or 0.
    mutating func boolean(_ name: String) throws(FieldProblem) -> Bool {
        switch try required(name).value {
        case .bool(let flag): return flag
        case .number(let digits) where Number.whole(digits) == 1: return true
        case .number(let digits) where Number.whole(digits) == 0: return false
        default: throw problem(name, "must be true or false")
        }
    }

    /// Seconds since 1970, or a text (version 3).
    mutating func moment(_ name: String) throws(FieldProblem) -> Timestamp {
        let moment: Timestamp? =
            switch try required(name).value {
            case .number(let digits): Timestamp(feed: digits)
            case .string(let text): Timestamp(feed: Array(text.utf8)[...])
            default: nil
            }
        guard let moment else { throw problem(name, "is no time") }
        return moment
    }

    mutating func count(_ name: String) throws(FieldProblem) -> Int? {
        guard let member = member(name) else { return nil }
        guard case .number(let digits) = member.value, let count = Number.whole(digits),
            (0...(1 << 32)).contains(count)
        else { throw problem(name, "must be a whole number from 0 to \(1 << 32)") }
        return Int(count)
    }
}

/// One station of a document, before its fields are read.
struct GBFSStation {
    let value: JSONValue
    /// Of the station in its document, for problems.
    let path: String

    /// What `read` makes of its fields.
    func read<Value>(
        line: Int,
        _ read: (inout JSONFields) throws(FieldProblem) -> Value
    ) throws(LineProblem) -> Value {
        do throws(FieldProblem) {
            var fields = try JSONFields(value, prefix: path)
            return try read(&fields)
        } catch {
            throw LineProblem(line: line, field: error.field, problem: error.problem)
        }
    }
}
