import Orchestration

/// A ``Curve`` while its rows are read.
struct CurveBuilder {
    static let tooManySeries = "more than \(Curve.mostSeries) series"

    private var curve: Curve

    init(name: Name) {
        curve = Curve(name: name)
    }

    /// Adds a row, at its logged time or else one second a step; false where it names too many series.
    mutating func add(_ row: CurveRow, _ account: inout LineAccount) -> Bool {
        if !curve.hasRoom(for: row.values) { return false }
        if row.values.contains(where: { !$0.value.isFinite }) { account.remark("not finite") }
        let time = row.time ?? .seconds(Int64(clamping: row.step))
        curve.addRow(step: row.step, time: time, values: row.values)
        return true
    }

    func workload(_ format: WorkloadFormat, _ account: LineAccount) -> Workload {
        Workload(name: curve.name, format: format, start: nil, account: account, content: .curve(curve))
    }
}
