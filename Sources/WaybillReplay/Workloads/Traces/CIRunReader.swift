import Orchestration

/// Reads a table of the attempts of CI runs, one row an attempt: `repo,workflow,default_branch,event,run_id,…`.
///
/// All columns must be there. Rows of one run may stand apart and in any order: its attempts are played by their
/// numbers. The table says no times: GitHub numbers runs as they begin, so a run arrives when its id says, 100 ids a
/// second (about the pace at which they were given out in 2023), and the smallest id is time zero.
///
/// A row that says again what another one said is data, remarked on and played once; one that contradicts another,
/// of its attempt or of its run, is skipped. ``CIConclusion`` says what becomes of an attempt.
struct CIRunReader: LineReader {
    private enum Column: String, CaseIterable {
        case repo
        case workflow
        case defaultBranch = "default_branch"
        case event
        case run = "run_id"
        case attempt
        case conclusion
        case runTime = "run_time_s"
    }

    var account = LineAccount()
    private let name: String
    private let path: String
    private var runs: [CIRun] = []
    /// Where each run stands, by id.
    private var places: [Int64: Int] = [:]
    private var fields = Fields()
    private var columns: [Column: Int] = [:]
    private var width = 0

    private static let timePerID: Int64 = 10
    /// Ids beyond would arrive later than nanoseconds in 64 bits can say.
    private static let runIDs: ClosedRange<Int64> = 1...(1 << 38)
    private static let attemptNumbers: ClosedRange<Int64> = 1...(1 << 31)
    private static let longestName = 256

    init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    mutating func read(_ line: Line) throws(WorkloadError) {
        guard fields.splitCommas(line.bytes) else {
            return account.skip(line.number, "a quote is not closed")
        }
        if width == 0 { return try header() }
        if fields.count != width {
            return account.skip(line.number, "has \(fields.count) fields instead of \(width)")
        }
        do {
            try take(line.number)
            account.countData()
        } catch {
            account.skip(error)
        }
    }

    private mutating func header() throws(WorkloadError) {
        let header = Columns(fields)
        for column in Column.allCases {
            columns[column] = try header.position(column.rawValue, path: path)
        }
        width = fields.count
        account.countComment()
    }

    private mutating func take(_ line: Int) throws(LineProblem) {
        let id = try number(.run, Self.runIDs, line)
        let origin = try origin(line)
        let attempt = try attempt(line)
        guard let place = places[id] else {
            places[id] = runs.count
            runs.append(CIRun(id: id, origin: origin, attempts: [attempt]))
            return
        }
        guard runs[place].origin == origin else {
            throw problem(.run, "an earlier line says another repo, workflow, branch or event of it", line)
        }
        try add(attempt, toRunAt: place, line)
    }

    private mutating func add(
        _ attempt: CIRun.Attempt,
        toRunAt place: Int,
        _ line: Int
    ) throws(LineProblem) {
        let before = runs[place].attempts.lastIndex { $0.number <= attempt.number }
        if let before, runs[place].attempts[before].number == attempt.number {
            guard runs[place].attempts[before] == attempt else {
                throw problem(.attempt, "an earlier line says another conclusion or run time of it", line)
            }
            return account.remark("repeats a line")
        }
        let index = before.map { $0 + 1 } ?? 0
        if index < runs[place].attempts.count { account.remark("out of attempt order") }
        runs[place].attempts.insert(attempt, at: index)
    }

    private func origin(_ line: Int) throws(LineProblem) -> CIRun.Origin {
        let branch = text(.defaultBranch)
        guard branch == "True" || branch == "False" else {
            throw problem(.defaultBranch, "neither True nor False", line)
        }
        return CIRun.Origin(
            repo: try name(.repo, line),
            workflow: try name(.workflow, line),
            event: try name(.event, line),
            isDefaultBranch: branch == "True"
        )
    }

    private func attempt(_ line: Int) throws(LineProblem) -> CIRun.Attempt {
        guard let conclusion = CIConclusion(rawValue: text(.conclusion)) else {
            throw problem(.conclusion, "unknown conclusion", line)
        }
        let runTime = field(.runTime)
        let duration = Number.seconds(runTime)
        if duration == nil, !runTime.isEmpty { throw problem(.runTime, "not a duration", line) }
        return CIRun.Attempt(
            number: try number(.attempt, Self.attemptNumbers, line),
            conclusion: conclusion,
            runTime: duration
        )
    }

    private func name(_ column: Column, _ line: Int) throws(LineProblem) -> String {
        guard (1...Self.longestName).contains(field(column).count) else {
            throw problem(column, "empty or longer than \(Self.longestName) bytes", line)
        }
        return text(column)
    }

    private func number(
        _ column: Column,
        _ range: ClosedRange<Int64>,
        _ line: Int
    ) throws(LineProblem) -> Int64 {
        guard let value = Number.integer(field(column)), range.contains(value) else {
            throw problem(column, "not a number in range", line)
        }
        return value
    }

    private func field(_ column: Column) -> ArraySlice<UInt8> { columns[column].map { fields[$0] } ?? [] }

    private func text(_ column: Column) -> String { String(decoding: field(column), as: UTF8.self) }

    private func problem(_ column: Column, _ text: String, _ line: Int) -> LineProblem {
        LineProblem(line: line, field: column.rawValue, problem: text)
    }

    consuming func finish() -> Workload {
        runs.sort { $0.id < $1.id }
        let first = runs.first?.id ?? 0
        for index in runs.indices {
            runs[index].arrivalTime = .milliseconds((runs[index].id - first) * Self.timePerID)
            account.remark(on: runs[index])
        }
        return Workload(
            name: name,
            format: .ciAttempts,
            start: nil,
            account: account,
            content: .jobs(JobTrace(machine: nil, name: name, storage: .runs(runs)))
        )
    }
}

extension LineAccount {
    /// What is worth telling about the attempts of a run, once all are known.
    fileprivate mutating func remark(on run: CIRun) {
        var previous: Int64 = 0
        for attempt in run.attempts {
            if attempt.number > previous + 1 { remark("after a missing attempt") }
            if attempt.number < run.attempts.last?.number ?? 0, attempt.conclusion.isSuccess {
                remark("success, but run again")
            }
            if attempt.conclusion == .missing { remark("no conclusion") }
            if attempt.runTime == nil { remark("unknown run time") }
            if let runTime = attempt.runTime, runTime < .zero { remark("negative run time") }
            previous = attempt.number
        }
    }
}
