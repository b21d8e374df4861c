import HTTPTypes
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
        let jobs = try await created(
            [id],
            [new.specification],
            at: sequence,
            isProposed: isProposed,
            tasks: new.tasks.count
        )
        var json = JSONWriter()
        jobs[0].write(to: &json)
        let status: HTTPResponse.Status = jobs[0].isExisting ? .ok : .created
        return Reply.json(json.finish(), status: status, sequence: sequence).with(.location, "/v1/jobs/\(id)")
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
        isProposed: Bool = false,
        tasks: Int = 0
    ) async throws -> [CreatedJob] {
        guard await engine.jobs.caughtUp(to: sequence) else { throw Problem.behind }
        let births = await engine.jobs.births(of: ids)
        var jobs: [CreatedJob] = []
        for (index, specification) in specifications.enumerated() {
            guard let birth = births[index] else { throw Refusal.notFound(ids[index]) }
            if specification.onClash == .existing, specification.uniqueKey != nil,
                let existing = try await existing(birth, at: sequence, isOnlyItem: ids.count == 1)
            {
                jobs.append(existing)
            } else {
                jobs.append(CreatedJob(birth, specification, isProposed: isProposed, tasks: tasks))
            }
        }
        return jobs
    }

    /// The job, where another request created it; the engine answers a clash of unique keys with the number alone.
    private func existing(
        _ birth: JobOrigin,
        at sequence: UInt64,
        isOnlyItem: Bool
    ) async throws -> CreatedJob? {
        if context.idempotencyKey == nil {
            // Nobody else's event stands between a command's own and the sequence that it is answered with.
            let isOwn = isOnlyItem ? birth.sequence == sequence : birth.sequence <= sequence
            if birth.sequence > before, isOwn { return nil }
        }
        guard let event = try await engine.firstEvent(of: birth.id) else { return nil }
        if let key = context.idempotencyKey, event.context.idempotencyKey == key,
            event.context.actor == context.actor
        {
            return nil
        }
        return CreatedJob(existing: event)
    }
}
