package import Orchestration

/// What the trace says became of a job, and what the player makes become of it again.
package enum JobFate: Sendable, Hashable {
    /// Completes when its duration is over.
    case complete
    /// Fails for good when its duration is over.
    case fail(Failure)
    /// Is cancelled at this time of the workload's clock, whether it still waits by then or runs.
    ///
    /// At its own arrival it is cancelled before anything is dispatched.
    case cancelWaiting(at: TimeSpan)
    /// Is cancelled when it has run for this long; the player fails it so as soon as it is told.
    case cancelRunning(after: TimeSpan, failure: Failure = Failure(type: "cancelled"))
    /// Is never taken by a worker.
    case leaveWaiting
}

/// An attempt of which the trace says that it failed and that another one followed.
package struct FailedAttempt: Sendable, Hashable {
    package var duration: TimeSpan
    package var failure: Failure
}

/// One job of a trace, ready to be created.
package struct JobArrival: Sendable, Hashable {
    /// Since time zero of the workload.
    package var arrival: TimeSpan
    package var specification: JobSpecification
    /// How long its last attempt runs once a worker has it.
    package var duration: TimeSpan
    /// What becomes of it in its last attempt.
    package var fate: JobFate
    /// The attempts before, in their order; the engine retries after each.
    package var earlierAttempts: [FailedAttempt] = []
}

/// The jobs of one file in the order of their arrival, equal arrivals in the order of the file.
///
/// Kept compact (some hundred bytes a job); a job's specification is made when it is asked for.
package struct JobTrace: Sendable {
    enum Storage: Sendable {
        case hpc([HPCJob])
        case images([ImageRequest])
        case runs([CIRun])
        case slurm([SlurmJob])
    }

    /// The machine that all jobs are pinned to, to be registered first; nil where the trace knows none.
    package let machine: MachineSpecification?
    let name: Name
    let storage: Storage

    package var count: Int {
        switch storage {
        case .hpc(let jobs): jobs.count
        case .images(let requests): requests.count
        case .runs(let runs): runs.count
        case .slurm(let jobs): jobs.count
        }
    }

    package var indices: Range<Int> { 0..<count }

    /// Made anew at each call: constant time, some small allocations.
    package subscript(index: Int) -> JobArrival {
        switch storage {
        case .hpc(let jobs): jobs[index].arrival(on: name)
        case .images(let requests): requests[index].arrival(in: name)
        case .runs(let runs): runs[index].arrival(in: name)
        case .slurm(let jobs): jobs[index].arrival(on: name)
        }
    }

    /// When the job arrives, without making its specification.
    package func arrivalTime(_ index: Int) -> TimeSpan {
        switch storage {
        case .hpc(let jobs): jobs[index].arrivalTime
        case .images(let requests): requests[index].arrivalTime
        case .runs(let runs): runs[index].arrivalTime
        case .slurm(let jobs): jobs[index].arrivalTime
        }
    }

    package var lastArrival: TimeSpan { count == 0 ? .zero : arrivalTime(count - 1) }

    /// The queues that workers serve, ascending.
    ///
    /// A job that is left waiting lies in none of these.
    package var servedQueues: [Name] {
        switch storage {
        case .hpc(let jobs): Set(jobs.lazy.map { $0.queueName(on: name) }).sorted()
        case .images, .runs: [name]
        case .slurm(let jobs):
            Set(jobs.lazy.filter { $0.state.ending != .none }.map { $0.queueName(on: name) }).sorted()
        }
    }
}

extension JobTrace {
    /// The machine of a trace that doesn't say how large it was is as large as its largest job.
    static func assumption(processors: Int64, because reason: String) -> String {
        "a machine of \(processors) processors, as many as the largest job asks for: \(reason)"
    }
}

/// What all replayed jobs share.
enum Replay {
    /// Nobody heartbeats in a replayed trace, so a lease outlasts the run by this much: a job ends as the trace says,
    /// never by the engine's defaults.
    static let leaseMargin = TimeSpan.seconds(3600)
    /// One attempt, and a crash is the end.
    static let retry = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
    static let json = "application/json"

    static func timeouts(running duration: TimeSpan) -> Timeouts {
        let (sum, overflow) = duration.nanoseconds.addingReportingOverflow(leaseMargin.nanoseconds)
        return Timeouts(lease: TimeSpan(nanoseconds: overflow ? .max : sum))
    }
}
