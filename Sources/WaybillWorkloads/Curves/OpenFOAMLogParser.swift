import Orchestration
import WaybillJSON

/// Lines of an OpenFOAM solver log: `Time = N` begins an iteration, each `Solving for FIELD, Initial residual = R`
/// is a value of series FIELD, `ExecutionTime = S s` is the clock.
///
/// Of several solutions of a field in one iteration the first counts, as is usual for convergence. A time that is
/// no whole number (a transient run) is numbered by iteration. `ExecutionTime` is preferred to `ClockTime`, which
/// only has whole seconds. All other lines are prose.
struct OpenFOAMLogParser {
    private var row: CurveRow?
    private var iterations: UInt64 = 0
    private var lastTime: TimeSpan?

    mutating func read(_ line: String) -> CurveLine {
        if line.hasPrefix("Time = ") { return begin(line.dropFirst("Time = ".count)) }
        if line.hasPrefix("ExecutionTime = ") { return clock(line.dropFirst("ExecutionTime = ".count)) }
        if let start = Self.end(of: "Solving for ", in: line) { return residual(String(line[start...])) }
        return .comment
    }

    /// The last iteration, where the log ends without a clock line after it.
    mutating func end() -> CurveRow? {
        defer { row = nil }
        guard let row, !row.values.isEmpty else { return nil }
        return timed(row)
    }

    private mutating func begin(_ text: Substring) -> CurveLine {
        let digits = text.prefix { $0 != " " && $0 != "s" }
        guard let time = Number.finite(Array(digits.utf8)[...]), time >= 0 else {
            return .malformed("Time is not a number")
        }
        let finished = end()
        iterations += 1
        row = CurveRow(step: CurveRow.step(Array(digits.utf8)[...]) ?? iterations, values: [])
        return finished.map { .rowBefore($0) } ?? .partial
    }

    private mutating func residual(_ text: String) -> CurveLine {
        guard var current = row else { return .malformed("a residual before the first Time") }
        let name = Name(String(text.prefix { $0 != "," }))
        guard let start = Self.end(of: "Initial residual = ", in: text) else {
            return .malformed("a solution without an initial residual")
        }
        let digits = text[start...].prefix { $0 != "," && $0 != " " }
        guard let value = Number.real(Array(digits.utf8)[...]), !name.isEmpty else {
            return .malformed("the initial residual is not a number")
        }
        if current.values.count > Curve.mostSeries {
            return .malformed("more than \(Curve.mostSeries) series")
        }
        if !current.values.contains(where: { $0.series == name }) { current.values.append((name, value)) }
        row = current
        return .partial
    }

    private mutating func clock(_ text: Substring) -> CurveLine {
        guard let time = CurveRow.time(Array(text.prefix { $0 != " " }.utf8)[...], unit: 1e9) else {
            return .malformed("ExecutionTime is not a time in range")
        }
        lastTime = time
        return end().map { .row($0) } ?? .partial
    }

    /// An iteration without a clock line of its own was done no earlier than the one before.
    private func timed(_ row: CurveRow) -> CurveRow {
        var timed = row
        timed.time = lastTime
        return timed
    }

    private static func end(of needle: String, in text: String) -> String.Index? {
        let (bytes, pattern) = (text.utf8, Array(needle.utf8))
        guard let first = pattern.first else { return nil }
        var index = bytes.startIndex
        while let found = bytes[index...].firstIndex(of: first) {
            if bytes[found...].starts(with: pattern) { return bytes.index(found, offsetBy: pattern.count) }
            index = bytes.index(after: found)
        }
        return nil
    }
}
