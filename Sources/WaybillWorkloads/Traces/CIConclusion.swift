import Orchestration

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
        default: Failure(type: rawValue, message: "attempt \(number) concluded \(rawValue)")
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
