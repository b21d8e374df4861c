import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Tasks of the rebalancing service: workers take the oldest one and say when it is done.
struct RebalancingTaskRoutes {
    private static let tag = "Rebalancing"
    private static let task = APIOperation.Answer(200, "The task", .named("RebalancingTask"))
    private static let jobs = ServiceJobs(
        kind: RebalancingSuggestion.jobs.kind,
        queue: RebalancingSuggestion.jobs.queue,
        noun: "Task"
    )

    private let cache = RebalancingTaskCache()

    var endpoints: [EngineEndpoint] { [next, complete, Self.read].map(\.rebalancing) }

    private var next: EngineEndpoint {
        EngineEndpoint(
            .post,
            "/dispatch/next",
            APIOperation(
                Self.tag,
                "nextRebalancing",
                "Take the oldest task that is ready",
                "404 when there is none."
            )
            .body(.object([.required("worker_id", .name, "Who takes it")], isOpen: true))
            .naming(["worker": "worker_id"])
            .answers(Self.task)
        ) { [cache] call in try await Self.next(&call, cache) }
    }

    private static func next(_ call: inout EngineCall, _ cache: RebalancingTaskCache) async throws -> Reply {
        var fields = try call.fields()
        let worker = try fields.requiredName("worker_id")
        let request = DispatchRequest(worker: worker, queues: [jobs.queue], kinds: [jobs.kind])
        let leases = try await call.engine.dispatch(request, by: call.context)
        guard let lease = leases.value.first else { throw Problem.notFound("No available tasks") }
        guard !call.connection.hasDeparted else {
            await call.engine.release([lease], by: call.context)
            throw EngineError.callerGone
        }
        let task = RebalancingTask(
            id: lease.job,
            specification: lease.specification,
            status: .assigned,
            worker: worker,
            createdAt: try await call.creationTime(of: lease.job, leases.sequence)
        )
        cache.insert(task)
        return Reply.json(task, sequence: leases.sequence)
    }

    private var complete: EngineEndpoint {
        EngineEndpoint(
            .post,
            "/task/{id}/complete",
            APIOperation(Self.tag, "completeRebalancing", "Say that a task is done", "By whoever has it.")
                .body(
                    .object(
                        [
                            .optional(
                                "worker_id",
                                .optional(.text()),
                                "Refused unless this worker has the task"
                            )
                        ],
                        isOpen: true
                    ),
                    isRequired: false
                )
                .answers(Self.task)
        ) { [cache] call in try await Self.complete(&call, cache) }
    }

    private static func complete(_ call: inout EngineCall, _ cache: RebalancingTaskCache) async throws
        -> Reply
    {
        let id = try call.job()
        let worker = try worker(of: id, call)
        try await jobs.check(id, call.engine)
        let holder = try await holder(of: id, worker, call)
        let done = try await call.engine.complete(holder, by: call.context)
        let task = try await completed(id, cache, call.engine)
        return Reply.json(task, sequence: done.sequence)
    }

    /// The worker that says that it has the task; nil where it doesn't say.
    private static func worker(of id: JobID, _ call: EngineCall) throws -> Name? {
        var fields = try call.optionalFields()
        try fields.check(["id", "task_id"], against: id)
        return try fields.name("worker_id")
    }

    private static func completed(_ id: JobID, _ cache: RebalancingTaskCache, _ engine: Engine) async throws
        -> RebalancingTask
    {
        if var task = cache[id] {
            task.status = .completed
            return task
        }
        guard let task = RebalancingTask(try await jobs.detail(id, engine)) else { throw jobs.notFound }
        return task
    }

    private static let read = EngineEndpoint(
        .get,
        "/task/{id}",
        APIOperation(tag, "readRebalancing", "One task").answers(task)
    ) { call in
        let detail = try await jobs.detail(call.job(), call.engine)
        guard let task = RebalancingTask(detail) else { throw jobs.notFound }
        return Reply.json(task).tagged(detail.version)
    }

    /// The job's present holder, or, where the worker names itself, the lease that it has: another one's is refused.
    private static func holder(of id: JobID, _ worker: Name?, _ call: EngineCall) async throws -> Holder {
        guard let worker else { return .job(id) }
        let job = try await call.engine.inspect { state in state[id] }.value
        guard let job, let token = job.token else { return .job(id) }
        guard job.worker == worker else {
            throw Problem(.conflict, "leaseLost", "task \(id) is not with worker \(worker)")
        }
        // A keyed request says the same when it is repeated, and the token is gone by then.
        return call.context.idempotencyKey == nil ? .lease(token) : .job(id)
    }
}

extension RouteGroup {
    /// New each time: it remembers the tasks that are out with the workers of one server.
    static var rebalancing: RouteGroup {
        RouteGroup(
            RebalancingSuggestionRoutes.endpoints + RebalancingTaskRoutes().endpoints,
            RebalancingSuggestionRoutes.schemas
        )
    }
}
