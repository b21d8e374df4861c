import Orchestration

/// Reads a table of the attempts of CI runs, one row an attempt: `repo,workflow,default_branch,event,run_id,…`.
///
/// All columns must be there. Rows of one run may stand apart and in any order: its attempts are played by their
/// numbers. The table has no times. Ids grow with time, so a run arrives by its id, and the smallest one is time
/// zero. The pace isn't in the table either: 100 ids a second, at which the 14,023 runs at hand spread over 406 days.
///
/// A row that says again what another one said is data, remarked on and played once; one that contradicts another,
/// of its attempt or of its run, is skipped. ``CIConclusion`` says what becomes of an attempt.
struct CIRunReader: TableReader {
    static let wanted = CIRow.columns

    var account = LineAccount()
    private let name: Name
    private var runs: [CIRun] = []
    /// Where each run stands, by id.
    private var places: [Int64: Int] = [:]

    /// Milliseconds.
    private static let timePerID: Int64 = 10

    init(name: Name) {
        self.name = name
    }

    mutating func read(_ row: TableRow) throws(LineProblem) {
        try add(CIRow(row), row)
    }

    private mutating func add(_ row: CIRow, _ source: TableRow) throws(LineProblem) {
        guard let place = places[row.run] else {
            places[row.run] = runs.count
            runs.append(CIRun(id: row.run, origin: row.origin, attempts: [row.attempt]))
            return
        }
        guard runs[place].origin == row.origin else {
            throw Self.contradiction(of: "run_id", "repo, workflow, branch or event", source)
        }
        let before = runs[place].attempts.lastIndex { $0.number <= row.attempt.number }
        if let before, runs[place].attempts[before].number == row.attempt.number {
            guard runs[place].attempts[before] == row.attempt else {
                throw Self.contradiction(of: "attempt", "conclusion or run time", source)
            }
            return account.remark("repeats a line")
        }
        let index = before.map { $0 + 1 } ?? 0
        if index < runs[place].attempts.count { account.remark("out of attempt order") }
        runs[place].attempts.insert(row.attempt, at: index)
    }

    private static func contradiction(of column: String, _ what: String, _ row: TableRow) -> LineProblem {
        row.problem(column, "an earlier line gives it another \(what)")
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
        for (index, attempt) in run.attempts.enumerated() {
            if attempt.number > previous + 1 { remark("after a missing attempt") }
            let isLast = index == run.attempts.count - 1
            if attempt.conclusion.isSuccess, !isLast { remark("success, but run again") }
            if attempt.conclusion == .missing { remark("no conclusion") }
            if attempt.runTime == nil { remark("unknown run time") }
            if let runTime = attempt.runTime, runTime < .zero { remark("negative run time") }
            previous = attempt.number
        }
    }
}
