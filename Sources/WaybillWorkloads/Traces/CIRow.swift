import Orchestration
import WaybillJSON

/// One row of a table of CI attempts: an attempt, and the run that it is of.
struct CIRow {
    /// The columns by their names in the header.
    enum Column: String, CaseIterable {
        case repo
        case workflow
        case defaultBranch = "default_branch"
        case event
        case run = "run_id"
        case attempt
        case conclusion
        case runTime = "run_time_s"
    }

    let run: Int64
    let origin: CIRun.Origin
    let attempt: CIRun.Attempt

    /// Ids beyond would arrive later than nanoseconds in 64 bits can say.
    private static let runIDs: ClosedRange<Int64> = 1...(1 << 38)
    private static let attemptNumbers: ClosedRange<Int64> = 1...10_000
    private static let longestName = 256

    /// `columns` says where each column stands among the fields.
    init(_ fields: Fields, _ columns: [Column: Int], line: Int) throws(LineProblem) {
        func field(_ column: Column) -> ArraySlice<UInt8> { columns[column].map { fields[$0] } ?? [] }
        func text(_ column: Column) -> String { String(decoding: field(column), as: UTF8.self) }
        func problem(_ column: Column, _ text: String) -> LineProblem {
            LineProblem(line: line, field: column.rawValue, problem: text)
        }
        func name(_ column: Column) throws(LineProblem) -> String {
            guard (1...Self.longestName).contains(field(column).count) else {
                throw problem(column, "empty or longer than \(Self.longestName) bytes")
            }
            return text(column)
        }
        func number(_ column: Column, in range: ClosedRange<Int64>) throws(LineProblem) -> Int64 {
            guard let value = Number.integer(field(column)), range.contains(value) else {
                throw problem(column, "not a number in range")
            }
            return value
        }

        let branch = text(.defaultBranch)
        guard branch == "True" || branch == "False" else {
            throw problem(.defaultBranch, "neither True nor False")
        }
        guard let conclusion = CIConclusion(rawValue: text(.conclusion)) else {
            throw problem(.conclusion, "unknown conclusion")
        }
        let runTime = Number.seconds(field(.runTime))
        if runTime == nil, !field(.runTime).isEmpty { throw problem(.runTime, "not a duration") }
        run = try number(.run, in: Self.runIDs)
        origin = CIRun.Origin(
            repo: try name(.repo),
            workflow: try name(.workflow),
            event: try name(.event),
            isDefaultBranch: branch == "True"
        )
        attempt = CIRun.Attempt(
            number: try number(.attempt, in: Self.attemptNumbers),
            conclusion: conclusion,
            runTime: runTime
        )
    }
}
