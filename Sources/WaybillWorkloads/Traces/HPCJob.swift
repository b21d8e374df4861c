import Orchestration
import WaybillJSON

/// One job line of a Standard Workload Format file, numbers as they stand there; -1 is "not known".
///
/// Definition of the fields: Chapin et al., "Benchmarks and Standards for the Evaluation of Parallel Job
/// Schedulers", 1999, version 2.2 of the format.
struct HPCJob: Sendable, Hashable {
    var number: Int64
    /// Seconds since the first arrival of the file.
    var arrivalSeconds: Int64
    /// Seconds since the header's `UnixStartTime`.
    var submit: Int64
    var wait: Int64
    var run: Int64
    /// What it needs: requested, else allocated, else 1.
    var processors: Int64
    var requestedTime: Int64
    var requestedMemory: Int64
    var status: Int64
    var user: Int64
    var group: Int64
    var executable: Int64
    var queue: Int64
    var partition: Int64

    var arrivalTime: TimeSpan { .seconds(arrivalSeconds) }

    /// Unknown run times count as 0.
    var duration: TimeSpan { .seconds(max(0, run)) }

    /// How long a worker may hold it: one that was cancelled while it waited may begin here, where others end sooner,
    /// and then runs until its cancellation.
    private var longestRun: TimeSpan {
        wasCancelledWaiting ? .seconds(max(0, wait)) : duration
    }

    private var wasCancelledWaiting: Bool { status == 5 && run <= 0 }

    var fate: JobFate {
        switch status {
        case 0: .fail(Failure(type: "failed", message: "failed in the trace", isRetryable: false))
        case 5 where wasCancelledWaiting: .cancelWaiting(at: .seconds(arrivalSeconds + max(0, wait)))
        case 5: .cancelRunning(after: duration)
        default: .complete
        }
    }

    /// Queues are the machine's own, so that two traces played together never wait for each other.
    func queueName(on machine: Name) -> Name {
        queue < 0 ? machine : "\(machine).\(queue)"
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
            timeouts: Replay.timeouts(running: longestRun)
        )
        return JobArrival(
            arrival: arrivalTime,
            specification: specification,
            duration: duration,
            fate: fate
        )
    }

    private var attributes: [Name: String] {
        var result: [Name: String] = [:]
        let known = [("user", user), ("group", group), ("executable", executable), ("partition", partition)]
        for (name, value) in known where value >= 0 { result[Name(name)] = String(value) }
        return result
    }

    private var payload: [UInt8] {
        var json = JSONWriter()
        json.field("job", number)
        json.field("submit", submit)
        json.field("processors", processors)
        json.field("run_time", run)
        json.field("requested_time", requestedTime)
        json.field("requested_memory", requestedMemory)
        json.field("status", status)
        json.field("user", user)
        json.field("group", group)
        json.field("executable", executable)
        json.field("queue", queue)
        json.field("partition", partition)
        return json.finish()
    }
}
