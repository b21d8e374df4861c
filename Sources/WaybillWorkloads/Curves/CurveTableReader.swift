import Orchestration
import WaybillJSON

/// Reads a curve out of a table: `step` and `loss` with other columns, or an SU2 history.
///
/// See ``CurveColumns`` for what the columns are; the step of an SU2 history is `Inner_Iter`, its counters `Time_Iter` and
/// `Outer_Iter`. An empty cell is no point.
struct CurveTableReader: TableReader {
    static let wanted: [WantedColumn] = ["step", "loss"]
    static let wantedOfSU2: [WantedColumn] = ["Inner_Iter"]

    var account = LineAccount()
    private let format: WorkloadFormat
    private var builder: CurveBuilder
    private var roles: Roles?

    /// Where what stands in a row.
    private struct Roles {
        var step = 0
        var kind: Int?
        var clock: (column: Int, unit: Double)?
        var values: [Int] = []
    }

    init(name: Name, format: WorkloadFormat) {
        builder = CurveBuilder(name: name)
        self.format = format
    }

    mutating func read(_ row: TableRow) throws(LineProblem) {
        let roles = roles ?? Self.roles(row.columns, isSU2: format == .su2History)
        self.roles = roles
        guard builder.add(try Self.curveRow(row, roles), &account) else {
            throw LineProblem(line: row.line, problem: CurveBuilder.tooManySeries)
        }
    }

    private static func roles(_ columns: Columns, isSU2: Bool) -> Roles {
        var roles = Roles(step: columns.position(isSU2 ? "Inner_Iter" : CurveColumns.step) ?? 0)
        var others: Set<Int> = [roles.step]
        for name in isSU2 ? ["Time_Iter", "Outer_Iter"] : CurveColumns.counters {
            if let position = columns.position(name) { others.insert(position) }
        }
        if !isSU2 {
            roles.kind = columns.position(CurveColumns.kind)
            if let kind = roles.kind { others.insert(kind) }
            for (name, unit) in CurveColumns.clocks {
                guard let position = columns.position(name) else { continue }
                if roles.clock == nil { roles.clock = (position, unit) }
                others.insert(position)
            }
        }
        roles.values = columns.names.indices.filter {
            !others.contains($0) && !CurveColumns.isRowNumber(columns.names[$0])
        }
        return roles
    }

    private static func curveRow(_ row: TableRow, _ roles: Roles) throws(LineProblem) -> CurveRow {
        let names = row.columns.names
        guard let number = CurveRow.step(row.decimal(row.fields[roles.step])) else {
            throw row.problem(names[roles.step].text, "not a number in range")
        }
        var result = CurveRow(step: number, values: [])
        if let clock = roles.clock {
            guard let time = CurveRow.time(row.decimal(row.fields[clock.column]), unit: clock.unit) else {
                throw row.problem(names[clock.column].text, "not a time in range")
            }
            result.time = time
        }
        let kind = roles.kind.map { String(decoding: row.fields[$0], as: UTF8.self) } ?? ""
        for column in roles.values where !TableRow.isMissing(row.fields[column]) {
            guard let value = Number.real(row.decimal(row.fields[column])) else {
                throw row.problem(names[column].text, "not a number")
            }
            result.values.append((CurveColumns.series(names[column], ofKind: kind), value))
        }
        return result
    }

    consuming func finish() -> Workload { builder.workload(format, account) }
}
