import Orchestration
import WaybillJSON

/// One job of Slurm's accounting, as `sacct` tells it.
struct SlurmJob: Sendable, Hashable {
    /// `123`, of an array `123_4`, of a heterogeneous job `123+0`.
    var id: String
    /// Nil where nobody knows; it arrives with the first job then.
    var submitted: Timestamp?
    /// Since the first job of the file.
    var arrivalTime: TimeSpan = .zero
    var state: SlurmState
    /// How long it ran; zero where it never began.
    var duration: TimeSpan
    /// From its submission to its end, where it never began and that is known.
    var waitUntilEnd: TimeSpan?
    var processors: Int64
    /// What else is known of it: `user`, `account`, `partition`, `name`, `qos`.
    var attributes: [Name: String]

    var fate: JobFate {
        switch state.ending {
        case .success: .complete
        case .failure:
            .fail(
                Failure(
                    type: Name(state.failureType),
                    message: "\(state.rawValue) in the trace",
                    isRetryable: false
                )
            )
        case .cancellation where wasCancelledWaiting: .cancelWaiting(at: arrivalTime + longestWait)
        case .cancellation: .cancelRunning(after: duration)
        case .none: .leaveWaiting
        }
    }

    private var wasCancelledWaiting: Bool { state.ending == .cancellation && duration == .zero }
    private var longestWait: TimeSpan { waitUntilEnd ?? .zero }

    /// Jobs that the trace doesn't see end lie in a queue of their own, which nobody serves.
    func queueName(on machine: Name) -> Name {
        let queue = attributes["partition"].map { "\(machine).\($0)" } ?? machine
        return state.ending == .none ? "\(machine).pending" : queue
    }

    func arrival(on machine: Name) -> JobArrival {
        let specification = JobSpecification(
            kind: "hpc",
            queue: queueName(on: machine),
            payload: payload,
            contentType: Replay.json,
            attributes: attributes,
            requirements: Requirements(cpuMillis: UInt64(processors) * 1000, machine: machine),
            retry: Replay.retry,
            timeouts: Replay.timeouts(running: wasCancelledWaiting ? longestWait : duration)
        )
        return JobArrival(arrival: arrivalTime, specification: specification, duration: duration, fate: fate)
    }

    private var payload: [UInt8] {
        var json = JSONWriter()
        json.field("job", id)
        json.field("processors", processors)
        json.field("run_time", duration.nanoseconds / 1_000_000_000)
        json.field("state", state.rawValue)
        return json.finish()
    }
}

/// The states of a job in Slurm's accounting, by its words for them.
enum SlurmState: String, CaseIterable, Sendable {
    case completed = "COMPLETED"
    case failed = "FAILED"
    case timeout = "TIMEOUT"
    case outOfMemory = "OUT_OF_MEMORY"
    case nodeFail = "NODE_FAIL"
    case bootFail = "BOOT_FAIL"
    case deadline = "DEADLINE"
    case preempted = "PREEMPTED"
    case launchFailed = "LAUNCH_FAILED"
    case reconfigFail = "RECONFIG_FAIL"
    case requeued = "REQUEUED"
    case cancelled = "CANCELLED"
    case revoked = "REVOKED"
    case pending = "PENDING"
    case running = "RUNNING"
    case suspended = "SUSPENDED"
    case resizing = "RESIZING"
    case completing = "COMPLETING"
    case configuring = "CONFIGURING"
    case stopped = "STOPPED"
    case requeueHold = "REQUEUE_HOLD"
    case requeueFed = "REQUEUE_FED"
    case specialExit = "SPECIAL_EXIT"
    case staged = "STAGE_OUT"
    case signaling = "SIGNALING"

    enum Ending {
        case success, failure, cancellation
        /// It waited or ran when the table was made.
        case none
    }

    /// `CANCELLED by 1000` names who did it, and `CANCELLED+` is cut to the width of a column.
    init?(sacct text: String) {
        let word = text.prefix { $0 != " " }
        let isCut = word.hasSuffix("+")
        let found = Self.allCases.first {
            isCut ? $0.rawValue.hasPrefix(word.dropLast()) : $0.rawValue == word.uppercased()
        }
        guard let found, word.count > 1 else { return nil }
        self = found
    }

    var ending: Ending {
        switch self {
        case .completed: .success
        case .failed, .timeout, .outOfMemory, .nodeFail, .bootFail, .deadline, .preempted, .launchFailed,
            .reconfigFail, .requeued, .specialExit:
            .failure
        case .cancelled, .revoked: .cancellation
        default: .none
        }
    }

    var failureType: String { rawValue.lowercased() }
}
