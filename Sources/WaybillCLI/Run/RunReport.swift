import EventLog
import Histogram
import Orchestration
import WaybillJSON
import WaybillWorkloads

/// What a run came to; with `--json` exactly these fields.
struct RunReport: Encodable {
    struct Jobs: Encodable {
        let created: Int
        let succeeded: Int
        let dead: Int
        let cancelled: Int
        /// Still waiting or running at the end.
        let open: Int
    }

    struct Suggestions: Encodable {
        let made: Int
        let approved: Int
        let rejected: Int
        let expired: Int
    }

    struct Lines: Encodable {
        let file: String
        let format: String
        let total: Int
        let data: Int
        let comments: Int
        let skipped: Int
        let remarks: [String: Int]
        /// What was assumed because the file doesn't say it.
        let assumptions: [String]
        /// Files that were read beside it, such as a list of stations.
        let sideFiles: [SideFile]
    }

    struct SideFile: Encodable {
        let file: String
        let total: Int
        let data: Int
        let comments: Int
        let skipped: Int
    }

    let jobs: Jobs
    let suggestions: Suggestions
    let points: Int
    let events: UInt64
    let commands: Int
    let commandsPerSecond: Double
    let refusals: [String: Int]
    let unexpectedRefusals: Int
    let waitP50Seconds: Double
    let waitP99Seconds: Double
    let logBytes: UInt64
    let rawBytes: UInt64
    let seconds: Double
    let digest: String
    let replayDigest: String
    let replayEvents: UInt64
    let skippedLines: Int
    let lines: [Lines]

    init(
        tally: Tally,
        player: Player,
        workloads: [Workload],
        log: LogVerification,
        seconds: Double,
        digest: String,
        replay: LogDigestCommand.Report
    ) {
        jobs = Jobs(
            created: tally.created,
            succeeded: tally.succeeded,
            dead: tally.dead,
            cancelled: tally.cancelled,
            open: tally.open
        )
        suggestions = Suggestions(
            made: tally.made,
            approved: tally.approved,
            rejected: tally.rejected,
            expired: tally.expired
        )
        points = tally.points
        events = tally.events
        commands = player.commandCount
        commandsPerSecond = Double(player.commandCount) / seconds
        refusals = player.refusals
        unexpectedRefusals = player.unexpectedRefusalCount
        var waits = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        for wait in tally.waits { waits.record(UInt64(max(0, wait.nanoseconds / 1_000_000))) }
        waitP50Seconds = Double(waits.valueAtPercentile(50)) / 1000
        waitP99Seconds = Double(waits.valueAtPercentile(99)) / 1000
        logBytes = log.storedBytes
        rawBytes = log.rawBytes
        self.seconds = seconds
        self.digest = digest
        replayDigest = replay.digest
        replayEvents = replay.events
        skippedLines = workloads.reduce(0) { sum, workload in
            sum + workload.account.skipped + workload.sideFiles.reduce(0) { $0 + $1.account.skipped }
        }
        lines = workloads.map { workload in
            Lines(
                file: workload.name.text,
                format: "\(workload.format)",
                total: workload.account.total,
                data: workload.account.data,
                comments: workload.account.comments,
                skipped: workload.account.skipped,
                remarks: workload.account.remarks,
                assumptions: workload.assumptions,
                sideFiles: workload.sideFiles.map { side in
                    SideFile(
                        file: side.path,
                        total: side.account.total,
                        data: side.account.data,
                        comments: side.account.comments,
                        skipped: side.account.skipped
                    )
                }
            )
        }
    }

    func print() {
        for file in lines {
            Output.line(
                "\(file.file): \(file.format), \(file.data) lines, \(file.comments) comments, \(file.skipped) skipped"
            )
            for (remark, count) in file.remarks.sorted(by: { $0.key < $1.key }) {
                Output.line("  \(count) × \(remark)")
            }
            for assumption in file.assumptions { Output.line("  assumed \(assumption)") }
            for side in file.sideFiles {
                Output.line(
                    "  \(side.file): \(side.data) lines, \(side.comments) comments, \(side.skipped) skipped"
                )
            }
        }
        Output.line(
            "jobs         \(jobs.created) created: \(jobs.succeeded) succeeded, \(jobs.dead) dead, "
                + "\(jobs.cancelled) cancelled, \(jobs.open) open"
        )
        Output.line(
            "suggestions  \(suggestions.made) made: \(suggestions.approved) approved, \(suggestions.rejected) rejected, "
                + "\(suggestions.expired) expired"
        )
        Output.line("points       \(points)")
        Output.line("waits        p50 \(waitP50Seconds) s, p99 \(waitP99Seconds) s (virtual)")
        Output.line("events       \(events) in \(logBytes) bytes (\(ratio) : 1)")
        Output.line(
            "commands     \(commands) in \(Self.rounded(seconds)) s, \(Int(commandsPerSecond)) a second"
        )
        for (refusal, count) in refusals.sorted(by: { $0.key < $1.key }) {
            Output.line("refused      \(count) × \(refusal)")
        }
        Output.line("digest       \(digest)")
        Output.line("replayed     \(replayDigest == digest ? "the same, by a second process" : replayDigest)")
    }

    private var ratio: String { logBytes > 0 ? Self.rounded(Double(rawBytes) / Double(logBytes)) : "–" }

    private static func rounded(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}
