import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Creates jobs or suggestions, and says what was created.
struct Creation: Sendable {
    let engine: Engine
    let context: CommandContext
    /// What was durable before: a job that began later may be the request's own.
    private let before: UInt64

    init(_ call: EngineCall, _ context: CommandContext) {
        engine = call.engine
        self.context = context
        before = call.engine.durableSequence
    }

    /// 201, or 200 with the job that has the unique key already.
    func reply(to new: NewJob, isProposed: Bool = false) async throws -> Reply {
        let (id, sequence) = try await create(new, isProposed: isProposed)
        var specification = new.specification
        specification.taskCount = UInt32(new.tasks.count)
        let jobs = try await created([id], [specification], at: sequence, isProposed: isProposed)
        let status: HTTPResponse.Status = jobs[0].isExisting ? .ok : .created
        return Reply.json(jobs[0], status: status, sequence: sequence).with(.location, "/v1/jobs/\(id)")
    }

    private func create(_ new: NewJob, isProposed: Bool) async throws -> (JobID, UInt64) {
        if isProposed {
            let made = try await engine.suggest(new.specification, by: context)
            return (made.value, made.sequence)
        }
        guard !new.tasks.isEmpty else {
            let created = try await engine.create(new.specification, by: context)
            return (created.value, created.sequence)
        }
        let family = try await engine.create(new.specification, tasks: new.tasks, by: context)
        return (family.value.parent, family.sequence)
    }

    /// What became of each item of a request, in their order.
    func created(
        _ ids: [JobID],
        _ specifications: [JobSpecification],
        at sequence: UInt64,
        isProposed: Bool = false
    ) async throws -> [CreatedJob] {
        guard await engine.jobs.caughtUp(to: sequence) else { throw Problem.behind }
        let origins = await engine.jobs.origins(of: ids)
        var jobs: [CreatedJob] = []
        for (index, specification) in specifications.enumerated() {
            let body: Event.Body =
                isProposed
                ? .suggestionMade(ids[index], specification) : .jobCreated(ids[index], specification)
            guard let origin = origins[index], let created = CreatedJob(origin, by: body) else {
                throw Refusal.notFound(ids[index])
            }
            if specification.onClash == .existing, specification.uniqueKey != nil,
                let existing = try await existing(origin, at: sequence, isOnlyItem: ids.count == 1)
            {
                jobs.append(existing)
            } else {
                jobs.append(created)
            }
        }
        return jobs
    }

    /// The job, where another request created it; the engine answers a clash of unique keys with the number alone.
    private func existing(
        _ origin: JobOrigin,
        at sequence: UInt64,
        isOnlyItem: Bool
    ) async throws -> CreatedJob? {
        if context.idempotencyKey == nil {
            // Nobody else's event stands between a command's own and the sequence that it is answered with.
            let isOwn = isOnlyItem ? origin.sequence == sequence : origin.sequence <= sequence
            if origin.sequence > before, isOwn { return nil }
        }
        guard let event = try await engine.firstEvent(of: origin.id) else { return nil }
        if let key = context.idempotencyKey, event.context.idempotencyKey == key,
            event.context.actor == context.actor
        {
            return nil
        }
        let first = JobOrigin(id: origin.id, sequence: event.sequence, createdAt: event.time)
        return CreatedJob(first, by: event.body, isExisting: true)
    }
}

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
