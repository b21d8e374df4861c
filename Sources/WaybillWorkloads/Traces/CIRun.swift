import Orchestration
import WaybillJSON

/// One run of a CI workflow with all its attempts: one job, retried by the engine as often as it was run again.
struct CIRun: Sendable, Hashable {
    /// What all attempts of a run have in common.
    struct Origin: Sendable, Hashable {
        var repo: String
        var workflow: String
        var event: String
        var isDefaultBranch: Bool
    }

    struct Attempt: Sendable, Hashable {
        /// From 1, as the table counts.
        var number: Int64
        var conclusion: CIConclusion
        /// As the table has it: nil where it is empty, and once it is negative.
        var runTime: TimeSpan?

        /// Unknown and negative run times count as 0.
        var duration: TimeSpan { max(.zero, runTime ?? .zero) }
    }

    var id: Int64
    var origin: Origin
    /// By number, ascending; numbers may be missing.
    var attempts: [Attempt]
    /// Since the run with the smallest id.
    var arrivalTime: TimeSpan = .zero

    /// The lease is the longest attempt's, because one specification serves them all.
    func arrival(in queue: Name) -> JobArrival {
        let specification = JobSpecification(
            kind: "ci",
            queue: queue,
            payload: payload,
            contentType: Replay.json,
            attributes: attributes,
            retry: RetryPolicy(maxAttempts: UInt32(clamping: attempts.count), maxCrashes: 0),
            timeouts: Replay.timeouts(running: attempts.lazy.map(\.duration).max() ?? .zero)
        )
        let last = attempts.last ?? Attempt(number: 1, conclusion: .missing)
        return JobArrival(
            arrival: arrivalTime,
            specification: specification,
            duration: last.duration,
            fate: last.conclusion.fate(ofAttempt: last.number, after: last.duration),
            earlierAttempts: attempts.dropLast().map {
                FailedAttempt(duration: $0.duration, failure: $0.conclusion.failure(ofAttempt: $0.number))
            }
        )
    }

    private var attributes: [Name: String] {
        [
            "repo": origin.repo,
            "workflow": origin.workflow,
            "event": origin.event,
            "default_branch": origin.isDefaultBranch ? "true" : "false",
        ]
    }

    private var payload: [UInt8] {
        var json = JSONWriter()
        json.field("run", id)
        json.field("attempts", attempts.count)
        return json.finish()
    }
}

/// One row of a table of CI attempts: an attempt, and the run that it is of.
struct CIRow {
    static let columns: [WantedColumn] = [
        "repo", "workflow", "default_branch", "event", "run_id", "attempt", "conclusion", "run_time_s",
    ]

    let run: Int64
    let origin: CIRun.Origin
    let attempt: CIRun.Attempt

    /// Ids beyond would arrive later than nanoseconds in 64 bits can say.
    private static let runIDs: ClosedRange<Int64> = 1...(1 << 38)
    private static let attemptNumbers: ClosedRange<Int64> = 1...10_000
    private static let longestName = 256

    init(_ row: TableRow) throws(LineProblem) {
        let conclusion =
            row.isMissing("conclusion") ? .missing : CIConclusion(rawValue: row.text("conclusion"))
        guard let conclusion else { throw row.problem("conclusion", "unknown conclusion") }
        run = try row.whole("run_id", in: Self.runIDs)
        origin = CIRun.Origin(
            repo: try Self.name("repo", row),
            workflow: try Self.name("workflow", row),
            event: try Self.name("event", row),
            isDefaultBranch: try row.flag("default_branch")
        )
        attempt = CIRun.Attempt(
            number: try row.whole("attempt", in: Self.attemptNumbers),
            conclusion: conclusion,
            runTime: row.isMissing("run_time_s") ? nil : try row.seconds("run_time_s")
        )
    }

    private static func name(_ column: WantedColumn, _ row: TableRow) throws(LineProblem) -> String {
        guard (1...longestName).contains(row.bytes(column).count) else {
            throw row.problem(column.description, "empty or longer than \(longestName) bytes")
        }
        return row.text(column)
    }
}

/// How GitHub says that an attempt of a workflow run ended; the raw value is its word for it.
///
/// What the player makes of it depends on whether a later attempt follows. The job of a run is retried by the
/// engine until its last attempt, so every attempt before fails, whatever its conclusion:
///
/// | conclusion | before the last, fails as | as the last |
/// | --- | --- | --- |
/// | `success`, `neutral` | `rerun`: somebody ran it again all the same | completes |
/// | `failure`, `timed_out`, `startup_failure`, `stale` | itself | fails as itself: dead |
/// | `action_required` | itself: approval began the next attempt | fails as itself: dead, for a person to look at |
/// | `cancelled` | itself, for a cancelled job would be over | is cancelled while running |
/// | `skipped` | itself | the same: it did nothing, and nobody has to look at it |
/// | none | `no_conclusion` | fails as `no_conclusion`: dead, for nobody knows how it went |
enum CIConclusion: String, Sendable, Hashable {
    case success
    case neutral
    case failure
    case timedOut = "timed_out"
    case startupFailure = "startup_failure"
    /// GitHub gave up waiting for it.
    case stale
    /// Held back until somebody approves it, as a first contribution is.
    case actionRequired = "action_required"
    case cancelled
    /// Its conditions said that there was nothing to do.
    case skipped
    /// It hadn't ended when the table was made.
    case missing = ""

    var isSuccess: Bool { self == .success || self == .neutral }

    /// What the attempt of this number is failed with; retryable, so that the job's attempts alone decide.
    func failure(ofAttempt number: Int64) -> Failure {
        switch self {
        case .success, .neutral:
            Failure(type: "rerun", message: "attempt \(number) concluded \(rawValue) and was run again")
        case .missing: Failure(type: "no_conclusion", message: "attempt \(number) has no conclusion")
        default: Failure(type: Name(rawValue), message: "attempt \(number) concluded \(rawValue)")
        }
    }

    /// What becomes of a job whose last attempt, the one of this number, ended so after `duration`.
    func fate(ofAttempt number: Int64, after duration: TimeSpan) -> JobFate {
        switch self {
        case .success, .neutral: .complete
        case .cancelled, .skipped: .cancelRunning(after: duration, failure: failure(ofAttempt: number))
        default: .fail(failure(ofAttempt: number))
        }
    }
}
