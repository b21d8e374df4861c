import Orchestration
import Waybill
import WaybillJSON

extension CreatedJob {
    /// The job that an event brought into being; nil where it is another event.
    init?(_ birth: JobOrigin, by event: Event.Body, isExisting: Bool = false) {
        guard let specification = event.specification,
            let state = event.step?.state(after: nil, JobProspects(specification), at: birth.createdAt)
        else { return nil }
        self.init(
            id: birth.id,
            kind: specification.kind,
            queue: specification.queue,
            state: state,
            createdAt: birth.createdAt,
            version: birth.sequence,
            taskCount: specification.taskCount,
            isExisting: isExisting
        )
    }
}
