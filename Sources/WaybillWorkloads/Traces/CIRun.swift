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
    func arrival(in queue: String) -> JobArrival {
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

    private var attributes: [String: String] {
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
        json.field("attempts", Int64(attempts.count))
        return json.finish()
    }
}
