import Orchestration
import WaybillJSON

/// Rows of a curve table: a `step`/`loss` table, or an SU2 history.
///
/// Each column is a series of its own name, except the step (`step`; `Inner_Iter`), the counters around it
/// (`total_steps`; `Time_Iter`, `Outer_Iter`), the clock (`train_time_ms`, `time_ms`, `time_s`) and `kind`: rows of
/// kind `val` (or any other but `train`) go to series of their own, `val_loss` and so on, since a validation loss
/// stands beside the training loss of the same step. An empty cell is no point.
struct CurveTableParser {
    private let path: String
    private let isSU2: Bool
    private var fields = Fields()
    private var columns: Columns?
    private var step = 0
    private var kind: Int?
    private var clock: (column: Int, unit: Double)?
    private var values: [Int] = []

    private static let clocks = [("train_time_ms", 1e6), ("time_ms", 1e6), ("time_s", 1e9)]

    init(path: String, isSU2: Bool) {
        self.path = path
        self.isSU2 = isSU2
    }

    mutating func read(_ line: ArraySlice<UInt8>) throws(WorkloadError) -> CurveLine {
        guard fields.splitCommas(line) else { return .malformed("a quote is not closed") }
        guard let columns else {
            try header()
            return .comment
        }
        if fields.count != columns.names.count {
            return .malformed("has \(fields.count) fields instead of \(columns.names.count)")
        }
        return row(columns)
    }

    private mutating func header() throws(WorkloadError) {
        let header = Columns(fields)
        step = try header.position(isSU2 ? "Inner_Iter" : "step", path: path)
        var others: Set<Int> = [step]
        for name in isSU2 ? ["Time_Iter", "Outer_Iter"] : ["total_steps"] {
            if let position = header.position(name) { others.insert(position) }
        }
        if !isSU2 {
            kind = header.position("kind")
            if let kind { others.insert(kind) }
            for (name, unit) in Self.clocks {
                guard let position = header.position(name) else { continue }
                if clock == nil { clock = (position, unit) }
                others.insert(position)
            }
        }
        values = header.names.indices.filter { !others.contains($0) }
        columns = header
    }

    private func row(_ columns: Columns) -> CurveLine {
        guard let number = CurveRow.step(fields[step]) else {
            return .malformed("\(columns.names[step]) is not a number in range")
        }
        var row = CurveRow(step: number, values: [])
        if let clock {
            guard let time = CurveRow.time(fields[clock.column], unit: clock.unit) else {
                return .malformed("\(columns.names[clock.column]) is not a time in range")
            }
            row.time = time
        }
        let kind = kind.map { String(decoding: fields[$0], as: UTF8.self) } ?? "train"
        for column in values where !fields[column].isEmpty {
            let name = columns.names[column]
            guard let value = Number.real(fields[column]) else {
                return .malformed("\(name) is not a number")
            }
            row.values.append((kind == "train" ? name : "\(kind)_\(name)", value))
        }
        return .row(row)
    }
}
