package import JSONText
package import Orchestration
package import Waybill

/// What lists and the job itself show alike.
private protocol ShownJob {
    var id: JobID { get }
    var state: JobState { get }
    var cancellation: CancellationReason? { get }
    var attempts: UInt32 { get }
    var isHeld: Bool { get }
    var worker: Name? { get }
    var machine: Name? { get }
    var createdAt: Timestamp { get }
    var changedAt: Timestamp { get }
    var version: UInt64 { get }
}

extension ShownJob {
    fileprivate func writeStanding(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("state", state.name)
        json.optional("cancellation", cancellation?.name)
        json.field("attempts", attempts)
        json.field("held", isHeld)
        json.optional("worker", worker)
        json.optional("machine", machine)
        json.field("createdAt", createdAt)
        json.field("changedAt", changedAt)
        json.field("version", version)
    }
}

extension JobSummary: JSONListed, ShownJob {
    package static let listName = "jobs"

    package func write(to json: inout JSONWriter) {
        writeStanding(to: &json)
        json.field("kind", kind)
        json.field("queue", queue)
        json.field("priority", priority)
        json.field("tags", tags)
    }
}

extension JobDetail: ShownJob {}

/// A job, whole, and how far its tasks have come.
package struct JobWithTasks: JSONObject {
    package let job: JobDetail
    package let tasks: TaskProgress?

    package init(_ job: JobDetail, _ tasks: TaskProgress?) {
        self.job = job
        self.tasks = tasks
    }

    package func write(to json: inout JSONWriter) {
        job.writeStanding(to: &json)
        job.specification.write(to: &json)
        json.field("failures", job.failures)
        json.field("crashes", job.crashes)
        json.field("suggested", job.wasSuggested)
        json.field("cancelRequested", job.isCancelRequested)
        json.field("waitsFor", job.waitsFor)
        json.optional("due", job.due)
        json.optional("token", job.token)
        json.optional("deadline", job.deadline)
        json.optional("progress", job.progress)
        json.optional("tasks", tasks)
        json.optional("failure", job.failure)
        json.optional("endedAt", job.endedAt)
        json.optional("deathReason", job.deathReason)
        if let result = job.result { json.result(result) }
    }
}

/// What is said of a job that was created: nothing that changes later, so that a repeated request is answered alike.
package struct CreatedJob: JSONListed {
    package static let listName = "jobs"
    package let id: JobID
    package let kind: Name
    package let queue: Name
    /// The one in which it began.
    package let state: JobState
    package let createdAt: Timestamp
    /// The sequence of its first event.
    package let version: UInt64
    package let taskCount: UInt32
    /// Whether to say that it was there before, and has the unique key.
    ///
    /// In a list: alone, the status says so.
    package let isExisting: Bool

    package init(
        id: JobID,
        kind: Name,
        queue: Name,
        state: JobState,
        createdAt: Timestamp,
        version: UInt64,
        taskCount: UInt32,
        isExisting: Bool
    ) {
        self.id = id
        self.kind = kind
        self.queue = queue
        self.state = state
        self.createdAt = createdAt
        self.version = version
        self.taskCount = taskCount
        self.isExisting = isExisting
    }

    package func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("kind", kind)
        json.field("queue", queue)
        json.field("state", state.name)
        json.field("createdAt", createdAt)
        json.field("version", version)
        json.tasks(of: id, count: taskCount)
        if isExisting { json.field("existing", true) }
    }
}

extension JSONWriter {
    /// The numbers of a job's tasks, which follow its own; left out where it has none.
    mutating func tasks(of job: JobID, count: UInt32) {
        guard count > 0 else { return }
        object("tasks") { json in
            json.field("total", count)
            json.field("from", job.rawValue + 1)
            json.field("through", job.rawValue + UInt64(count))
        }
    }
}

extension TaskProgress: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("total", total)
        json.field("waiting", waiting)
        json.field("running", running)
        json.field("succeeded", succeeded)
        json.field("dead", dead)
        json.field("cancelled", cancelled)
        json.field("from", jobs.lowerBound)
        json.field("through", jobs.upperBound)
    }
}

extension OpenSuggestion: JSONListed {
    package static let listName = "suggestions"

    package func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("createdAt", madeAt)
        specification.write(to: &json)
    }
}
