import Orchestration
import WaybillJSON

/// Reads what `sacct --parsable2` prints: a header of names and a job or a step a line, with bars between.
///
/// Steps (`123.batch`, `123.extern`, `123.0`) are parts of a job and pass as comments. A job arrives when it was
/// submitted, became eligible or began, whichever is known first of these, or with the first of them. It runs as long as it did; its processors are
/// those that it got, else those that it asked for, else 1. Times have no zone and count as UTC. The machine has as many
/// processors as the largest job.
struct SacctReader: TableReader {
    static let wanted: [WantedColumn] = [id, "State", arrival, length]
    static let id: WantedColumn = ["JobID", "JobIDRaw"]
    private static let arrival: WantedColumn = ["Submit", "Eligible", "Start"]
    private static let length: WantedColumn = ["ElapsedRaw", "Elapsed", "End"]
    private static let attributes: [(column: Name, name: Name)] = [
        ("User", "user"), ("Account", "account"), ("Partition", "partition"), ("JobName", "name"),
        ("QOS", "qos"),
    ]
    private static let mostProcessors: Int64 = 1 << 32
    private static let longestAttribute = 100

    var account = LineAccount()
    private let name: Name
    private var jobs: [SlurmJob] = []
    private var ids: Set<Name> = []

    init(name: Name) {
        self.name = name
    }

    func isComment(_ row: TableRow) -> Bool { row.bytes(Self.id).contains(0x2e) }

    mutating func read(_ row: TableRow) throws(LineProblem) {
        if row.bytes(Self.id).isEmpty { throw row.problem(Self.id.description, "is empty") }
        guard let state = SlurmState(sacct: row.text("State")) else {
            throw row.problem("State", "unknown state")
        }
        let submitted = try Self.arrival(row)
        let duration = try Self.duration(row, state)
        var waitUntilEnd: TimeSpan?
        if let submitted, let end = try Self.moment("End", row), end >= submitted {
            waitUntilEnd = end - submitted
        }
        jobs.append(
            SlurmJob(
                id: row.text(Self.id),
                submitted: submitted,
                state: state,
                duration: duration ?? .zero,
                waitUntilEnd: waitUntilEnd,
                processors: try processors(row),
                attributes: Self.attributes(row)
            )
        )
        if submitted == nil { account.remark("unknown submit time") }
        if duration == nil, state.ending != .none { account.remark("unknown run time") }
        if state.ending == .none { account.remark("not ended") }
        if !ids.insert(Name(row.text(Self.id))).inserted { account.remark("a job again") }
    }

    /// Nil where nobody knows.
    private static func arrival(_ row: TableRow) throws(LineProblem) -> Timestamp? {
        for column in arrival.names {
            if let moment = try moment(WantedColumn(column), row) { return moment }
        }
        return nil
    }

    /// Nil where nobody knows.
    private static func duration(_ row: TableRow, _ state: SlurmState) throws(LineProblem) -> TimeSpan? {
        for column: WantedColumn in ["ElapsedRaw", "Elapsed"] where !isUnknown(column, row) {
            guard let elapsed = TimeSpan(slurm: row.bytes(column)) else {
                throw row.problem(column.description, "not a duration")
            }
            return elapsed
        }
        guard let start = try moment("Start", row), let end = try moment("End", row) else { return nil }
        if end < start { throw row.problem("End", "is before Start") }
        return end - start
    }

    private static func moment(_ column: WantedColumn, _ row: TableRow) throws(LineProblem) -> Timestamp? {
        isUnknown(column, row) ? nil : try row.moment(column)
    }

    private static func isUnknown(_ column: WantedColumn, _ row: TableRow) -> Bool {
        row.isMissing(column) || ["Unknown", "None", "N/A", "INVALID"].contains(row.text(column))
    }

    private mutating func processors(_ row: TableRow) throws(LineProblem) -> Int64 {
        for column: WantedColumn in ["AllocCPUS", "NCPUS", "ReqCPUS"] where !row.isMissing(column) {
            let count = try row.whole(column, in: 0...Self.mostProcessors)
            if count > 0 { return count }
        }
        for column: WantedColumn in ["AllocTRES", "ReqTRES"] {
            for part in row.text(column).split(separator: ",") where part.hasPrefix("cpu=") {
                if let count = Int64(part.dropFirst(4)), (1...Self.mostProcessors).contains(count) {
                    return count
                }
            }
        }
        account.remark("unknown processors")
        return 1
    }

    private static func attributes(_ row: TableRow) -> [Name: String] {
        var result: [Name: String] = [:]
        for (column, name) in attributes {
            let text = row.text(WantedColumn(column))
            if !text.isEmpty { result[name] = String(text.prefix(longestAttribute)) }
        }
        return result
    }

    consuming func finish() -> Workload {
        let start = jobs.lazy.compactMap(\.submitted).min()
        for index in jobs.indices {
            if let start, let submitted = jobs[index].submitted {
                jobs[index].arrivalTime = submitted - start
            }
        }
        // The standard sort is stable: equal arrivals stay in the order of the file.
        jobs.sort { $0.arrivalTime < $1.arrivalTime }
        let processors = jobs.lazy.map(\.processors).max() ?? 1
        let machine = MachineSpecification(
            name: name,
            cpuMillis: UInt64(processors) * 1000,
            attributes: ["processors": "largest request"]
        )
        return Workload(
            name: name,
            format: .sacct,
            start: start,
            account: account,
            content: .jobs(JobTrace(machine: machine, name: name, storage: .slurm(jobs))),
            assumptions: [
                JobTrace.assumption(processors: processors, because: "sacct doesn't say how large it was")
            ]
        )
    }
}

extension TimeSpan {
    /// As Slurm writes it: `[days-]hours:minutes:seconds`, `minutes:seconds`, `days-hours`, or seconds, with a fraction or
    /// without; nil beyond 2^32 seconds.
    init?(slurm text: ArraySlice<UInt8>) {
        let parts = text.split(separator: 0x2d, maxSplits: 1, omittingEmptySubsequences: false)
        guard let clock = parts.last else { return nil }
        var total = 0.0
        if parts.count == 2 {
            guard let days = Number.integer(parts[0]), (0...50_000).contains(days) else { return nil }
            total = Double(days) * 86_400
        }
        let fields = clock.split(separator: 0x3a, omittingEmptySubsequences: false)
        // After days the first number is hours, else the last is seconds.
        let units = parts.count == 2 ? [3600.0, 60, 1] : Array([3600.0, 60, 1].suffix(fields.count))
        guard (1...3).contains(fields.count), parts[0].first != 0x2b else { return nil }
        for (field, unit) in zip(fields, units) {
            guard field.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true, let value = Number.finite(field)
            else {
                return nil
            }
            total += value * unit
        }
        guard total <= 4_294_967_296 else { return nil }
        self = .milliseconds(Int64((total * 1000).rounded()))
    }
}
