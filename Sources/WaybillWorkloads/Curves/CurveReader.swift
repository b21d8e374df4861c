import Orchestration
import WaybillJSON

/// Reads one curve file, whichever of the four formats it has: the line is handed to the format's parser, and
/// what it found becomes rows of the ``Curve``.
///
/// NaN and infinities are values here, never malformed. Time is the logged clock, else one second a step.
struct CurveReader: LineReader {
    var account = LineAccount()
    private var curve: Curve
    private let format: WorkloadFormat
    private var parser: Parser

    private enum Parser {
        case llmc(LLMCLogParser)
        case table(CurveTableParser)
        case openFOAM(OpenFOAMLogParser)
    }

    init(name: String, path: String, format: WorkloadFormat) {
        self.curve = Curve(name: name)
        self.format = format
        switch format {
        case .llmcLog: parser = .llmc(LLMCLogParser())
        case .openFOAMLog: parser = .openFOAM(OpenFOAMLogParser())
        default: parser = .table(CurveTableParser(path: path, isSU2: format == .su2History))
        }
    }

    mutating func read(_ line: Line) throws(WorkloadError) {
        switch parser {
        case .llmc(let llmc): take(llmc.read(line.bytes), line.number)
        case .table(var table):
            let outcome = try table.read(line.bytes)
            parser = .table(table)
            take(outcome, line.number)
        case .openFOAM(var log):
            let outcome = log.read(line.text)
            parser = .openFOAM(log)
            take(outcome, line.number)
        }
    }

    private mutating func take(_ outcome: CurveLine, _ number: Int) {
        switch outcome {
        case .comment: account.countComment()
        case .malformed(let problem): account.skip(number, problem)
        case .partial: account.countData()
        case .row(let row):
            if add(row) { account.countData() } else { account.skip(number, Self.tooManySeries) }
        case .rowBefore(let row):
            // The line itself is good, whatever becomes of the row that it ends.
            account.countData()
            if !add(row) { account.remark(Self.tooManySeries) }
        }
    }

    private static let tooManySeries = "more than \(Curve.mostSeries) series"

    private mutating func add(_ row: CurveRow) -> Bool {
        if !curve.hasRoom(for: row.values) { return false }
        if row.values.contains(where: { !$0.value.isFinite }) { account.remark("not finite") }
        let time = row.time ?? .seconds(Int64(clamping: row.step))
        curve.addRow(step: row.step, time: time, values: row.values)
        return true
    }

    consuming func finish() -> Workload {
        if case .openFOAM(var log) = parser, let row = log.end(), !add(row) {
            account.remark(Self.tooManySeries)
        }
        return Workload(
            name: curve.name,
            format: format,
            start: nil,
            account: account,
            content: .curve(curve)
        )
    }
}

/// One step or iteration: its values by series, and the logged time where there is one.
struct CurveRow {
    var step: UInt64
    var time: TimeSpan?
    var values: [(series: String, value: Double)]

    /// Steps and seconds beyond 2^32 are taken for damage.
    static let latest: Int64 = 1 << 32

    static func step(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard let value = Number.whole(text), (0...latest).contains(value) else { return nil }
        return UInt64(value)
    }

    /// A clock reading in units of `unit` nanoseconds.
    static func time(_ text: ArraySlice<UInt8>, unit: Double) -> TimeSpan? {
        guard let value = Number.finite(text), value >= 0, value * unit <= Double(latest) * 1e9 else {
            return nil
        }
        return TimeSpan(nanoseconds: Int64((value * unit).rounded()))
    }
}

/// What one line of a curve file is.
enum CurveLine {
    case comment
    case malformed(String)
    /// Belongs to a row that is not complete yet.
    case partial
    case row(CurveRow)
    /// Begins a new row and so completes the one before.
    case rowBefore(CurveRow)
}
