import Orchestration
import WaybillJSON

/// A curve as JSON lines: an object a line with `step` and a number under each other name.
///
/// See ``CurveColumns`` for what the names are. Other texts, lists and objects are no values. `NaN`, `Infinity` and
/// `-Infinity` are read where numbers stand, as Python and others write them, though JSON doesn't know them.
struct CurveObjectParser {
    func read(_ line: ArraySlice<UInt8>) -> CurveLine {
        let value: JSONValue
        do { value = try Self.parse(line) } catch { return .malformed(error.message) }
        guard case .object(let members) = value else { return .malformed("is not an object") }
        guard let step = members.first(where: { $0.name == CurveColumns.step }) else {
            return .malformed("has no step")
        }
        guard case .number(let digits) = step.value, let number = CurveRow.step(digits) else {
            return .malformed("step is not a number in range")
        }
        return row(number, members)
    }

    private func row(_ step: UInt64, _ members: [JSONValue.Member]) -> CurveLine {
        var row = CurveRow(step: step, values: [])
        let clocks = CurveColumns.clocks.map(\.0)
        for (name, unit) in CurveColumns.clocks where row.time == nil {
            guard let clock = members.first(where: { $0.name == name }) else { continue }
            guard case .number(let digits) = clock.value, let time = CurveRow.time(digits, unit: unit) else {
                return .malformed("\(name) is not a time in range")
            }
            row.time = time
        }
        var kind = ""
        if case .string(let text)? = members.first(where: { $0.name == CurveColumns.kind })?.value {
            kind = text
        }
        let others = Set(clocks + CurveColumns.counters + [CurveColumns.step, CurveColumns.kind])
        for member in members where !others.contains(member.name) {
            guard let value = Self.real(member.value) else { continue }
            row.values.append((CurveColumns.series(member.name, ofKind: kind), value))
        }
        return row.values.isEmpty ? .malformed("has no value") : .row(row)
    }

    private static func real(_ value: JSONValue) -> Double? {
        switch value {
        case .number(let digits): Number.real(digits)
        case .string(let text): Number.real(Array(text.utf8)[...])
        default: nil
        }
    }

    /// The names of the objects on the first lines of a file, each once.
    static func names(in lines: [ArraySlice<UInt8>]) -> [Name] {
        var names: [Name] = []
        for line in lines.prefix(100) {
            guard case .object(let members)? = try? parse(line) else { continue }
            for member in members where !names.contains(member.name) { names.append(member.name) }
        }
        return names
    }

    private static func parse(_ line: ArraySlice<UInt8>) throws(JSONProblem) -> JSONValue {
        try JSONValue.parse(quoting(line))
    }

    /// Puts quotes around numbers that JSON doesn't know.
    private static func quoting(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }
        guard line.contains(0x4e) || line.contains(0x49) else { return line }
        var result: [UInt8] = []
        var (isText, isEscaped) = (false, false)
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            if !isText, let word = words.first(where: { line[index...].starts(with: $0) }) {
                result += [0x22] + word + [0x22]
                index += word.count
                continue
            }
            if byte == 0x22, !isEscaped { isText.toggle() }
            isEscaped = isText && byte == 0x5c && !isEscaped
            result.append(byte)
            index += 1
        }
        return result[...]
    }
}
