import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Creates jobs or suggestions, and says what was created.
struct Creation: Sendable {
    let engine: Engine
    let context: CommandContext

    init(_ call: EngineCall, _ context: CommandContext) {
        engine = call.engine
        self.context = context
    }

    /// 201, or 200 with the job that has the unique key already.
    func reply(to new: NewJob, isProposed: Bool = false) async throws -> Reply {
        let made = try await create(new, isProposed: isProposed)
        var specification = new.specification
        specification.taskCount = UInt32(new.tasks.count)
        let job =
            made.isExisting
            ? try await recorded(made.value)
            : try await created(
                Committed([made.value], sequence: made.sequence),
                [specification],
                isProposed: isProposed
            )[0]
        return Reply.json(job, status: made.isExisting ? .ok : .created, sequence: made.sequence)
            .with(.location, "/v1/jobs/\(made.value)")
    }

    private func create(_ new: NewJob, isProposed: Bool) async throws -> Committed<JobID> {
        if isProposed { return try await engine.suggest(new.specification, by: context) }
        if new.tasks.isEmpty { return try await engine.create(new.specification, by: context) }
        let family = try await engine.create(new.specification, tasks: new.tasks, by: context)
        return Committed(family.value.parent, sequence: family.sequence)
    }

    /// What became of each item of a request, in their order.
    func created(
        _ made: Committed<[JobID]>,
        _ specifications: [JobSpecification],
        isProposed: Bool = false
    ) async throws -> [CreatedJob] {
        guard await engine.jobs.caughtUp(to: made.sequence) else { throw Problem.behind }
        let origins = await engine.jobs.origins(of: made.value)
        let existing = Set(made.existing)
        var jobs: [CreatedJob] = []
        jobs.reserveCapacity(made.value.count)
        for (index, job) in made.value.enumerated() {
            if let origin = origins[index], !existing.contains(index) {
                let specification = specifications[index].resolved(at: origin.createdAt)
                let body: Event.Body =
                    isProposed ? .suggestionMade(job, specification) : .jobCreated(job, specification)
                guard let created = CreatedJob(origin, by: body) else { throw Refusal.notFound(job) }
                jobs.append(created)
            } else {
                jobs.append(try await recorded(job, isExisting: existing.contains(index)))
            }
        }
        return jobs
    }

    /// A job that another request created, or whose row is gone: as the log tells of it.
    private func recorded(_ job: JobID, isExisting: Bool = false) async throws -> CreatedJob {
        guard let event = try await engine.firstEvent(of: job) else { throw Refusal.notFound(job) }
        let origin = JobOrigin(id: job, sequence: event.sequence, createdAt: event.time)
        guard let created = CreatedJob(origin, by: event.body, isExisting: isExisting) else {
            throw Refusal.notFound(job)
        }
        return created
    }
}

extension CreatedJob {
    /// The job that an event brought into being; nil where it is another event.
    fileprivate init?(_ origin: JobOrigin, by event: Event.Body, isExisting: Bool = false) {
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
