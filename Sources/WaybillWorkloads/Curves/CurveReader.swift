import Orchestration
import WaybillJSON

/// Reads a curve out of a log or of JSON lines: each line is handed to the format's parser, and what it found becomes
/// rows of the ``Curve``.
///
/// NaN and infinities are values here, never malformed. Time is the logged clock, else one second a step.
struct CurveReader: LineReader {
    var account = LineAccount()
    private var builder: CurveBuilder
    private var parser: Parser

    private enum Parser {
        case llmc(LLMCLogParser)
        case openFOAM(OpenFOAMLogParser)
        case objects(CurveObjectParser)

        var format: WorkloadFormat {
            switch self {
            case .llmc: .llmcLog
            case .openFOAM: .openFOAMLog
            case .objects: .lossLines
            }
        }
    }

    init(name: Name, format: WorkloadFormat) {
        builder = CurveBuilder(name: name)
        switch format {
        case .llmcLog: parser = .llmc(LLMCLogParser())
        case .openFOAMLog: parser = .openFOAM(OpenFOAMLogParser())
        default: parser = .objects(CurveObjectParser())
        }
    }

    mutating func read(_ line: Line) {
        switch parser {
        case .llmc(let llmc): add(llmc.read(line.bytes), line.number)
        case .objects(let objects): add(objects.read(line.bytes), line.number)
        case .openFOAM(var log):
            let outcome = log.read(line.text)
            parser = .openFOAM(log)
            add(outcome, line.number)
        }
    }

    private mutating func add(_ outcome: CurveLine, _ number: Int) {
        switch outcome {
        case .comment: account.countComment()
        case .malformed(let problem): account.skip(number, problem)
        case .partial: account.countData()
        case .row(let row):
            let isAdded = builder.add(row, &account)
            if isAdded { account.countData() } else { account.skip(number, CurveBuilder.tooManySeries) }
        case .rowBefore(let row):
            // The line itself is good, whatever becomes of the row that it ends.
            account.countData()
            let isAdded = builder.add(row, &account)
            if !isAdded { account.remark(CurveBuilder.tooManySeries) }
        }
    }

    consuming func finish() -> Workload {
        if case .openFOAM(var log) = parser, let row = log.end() {
            var account = account
            let isAdded = builder.add(row, &account)
            if !isAdded { account.remark(CurveBuilder.tooManySeries) }
            return builder.workload(parser.format, account)
        }
        return builder.workload(parser.format, account)
    }
}

/// One step or iteration: its values by series, and the logged time where there is one.
struct CurveRow {
    var step: UInt64
    var time: TimeSpan?
    var values: [(series: Name, value: Double)]

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
