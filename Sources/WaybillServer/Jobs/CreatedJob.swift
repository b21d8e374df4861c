import Waybill
import WaybillJSON

/// What is said of a job that was created: nothing that changes later, so that a repeated request is answered alike.
struct CreatedJob: Sendable {
    let id: JobID
    let kind: String
    let queue: String
    /// The one in which it began.
    let state: JobState
    let createdAt: Timestamp
    /// The sequence of its first event.
    let version: UInt64
    var tasks: ClosedRange<UInt64>?
    /// Whether it was there before, and has the unique key.
    var isExisting = false

    init(_ birth: JobOrigin, _ specification: JobSpecification, isProposed: Bool = false, tasks: Int = 0) {
        id = birth.id
        kind = specification.kind
        queue = specification.queue
        createdAt = birth.createdAt
        version = birth.sequence
        state = specification.firstState(at: birth.createdAt, isProposed: isProposed, hasTasks: tasks > 0)
        if tasks > 0 { self.tasks = id.rawValue + 1...id.rawValue + UInt64(tasks) }
    }

    /// The job whose first event this is; nil where it is another one's event.
    init?(existing event: Event) {
        let (specification, isProposed): (JobSpecification, Bool)
        switch event.body {
        case .jobCreated(_, let created): (specification, isProposed) = (created, false)
        case .suggestionMade(_, let made): (specification, isProposed) = (made, true)
        default: return nil
        }
        guard let job = event.body.job else { return nil }
        let birth = JobOrigin(id: job, sequence: event.sequence, createdAt: event.time)
        let tasks = Int(specification.taskCount)
        self.init(birth, specification, isProposed: isProposed, tasks: tasks)
        isExisting = true
    }

    func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.field("kind", kind)
        json.field("queue", queue)
        json.field("state", state.name)
        json.field("createdAt", createdAt.rfc3339)
        json.field("version", version)
        guard let tasks else { return }
        json.object("tasks") { json in
            json.field("total", UInt64(tasks.count))
            json.field("from", tasks.lowerBound)
            json.field("through", tasks.upperBound)
        }
    }
}

extension JobSpecification {
    /// The state in which such a job begins.
    fileprivate func firstState(at time: Timestamp, isProposed: Bool, hasTasks: Bool) -> JobState {
        if isProposed { return .proposed }
        if hasTasks || !after.isEmpty { return .blocked }
        return runAt.map { $0 > time } == true ? .scheduled : .ready
    }
}
