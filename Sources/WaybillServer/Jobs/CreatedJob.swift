import Orchestration
import Waybill
import WaybillJSON

extension CreatedJob {
    /// The job that an event brought into being; nil where it is another event.
    init?(_ origin: JobOrigin, by event: Event.Body, isExisting: Bool = false) {
        guard let specification = event.specification,
            let state = event.step?.state(after: nil, JobProspects(specification), at: origin.createdAt)
        else { return nil }
        self.init(
            id: origin.id,
            kind: specification.kind,
            queue: specification.queue,
            state: state,
            createdAt: origin.createdAt,
            version: origin.sequence,
            taskCount: specification.taskCount,
            isExisting: isExisting
        )
    }
}
