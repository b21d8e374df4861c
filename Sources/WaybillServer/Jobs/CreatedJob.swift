import Waybill
import WaybillJSON

extension CreatedJob {
    init(_ birth: JobOrigin, _ specification: JobSpecification, isProposed: Bool = false, tasks: Int = 0) {
        self.init(birth, specification, isProposed: isProposed, tasks: tasks, isExisting: false)
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
        self.init(birth, specification, isProposed: isProposed, tasks: tasks, isExisting: true)
    }

    private init(
        _ birth: JobOrigin,
        _ specification: JobSpecification,
        isProposed: Bool,
        tasks: Int,
        isExisting: Bool
    ) {
        self.init(
            id: birth.id,
            kind: specification.kind,
            queue: specification.queue,
            state: specification.firstState(
                at: birth.createdAt,
                isProposed: isProposed,
                hasTasks: tasks > 0
            ),
            createdAt: birth.createdAt,
            version: birth.sequence,
            taskCount: UInt32(tasks),
            isExisting: isExisting
        )
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
