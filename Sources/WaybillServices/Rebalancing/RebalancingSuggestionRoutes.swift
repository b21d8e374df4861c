import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Suggestions of the rebalancing service: made by its ML engine, approved by people.
enum RebalancingSuggestionRoutes {
    static let endpoints = [suggest, list, approve, approveMany].map(\.rebalancing)
    static let schemas: [NamedSchema] = [
        ("RebalancingSuggestion", RebalancingSuggestion.schema), ("RebalancingTask", RebalancingTask.schema),
    ]

    private static let tag = "Rebalancing"

    private static let suggest = EngineEndpoint(
        .post,
        "/suggestions",
        APIOperation(
            tag,
            "suggestRebalancing",
            "Suggest that bikes be moved",
            "More members are kept and shown."
        )
        .body(.object(RebalancingSuggestion.fields, isOpen: true)).naming(["payload": APIOperation.wholeBody])
        .answers(.init(201, "The suggestion, which waits for approval", .named("RebalancingSuggestion")))
    ) { call in
        let job = try RebalancingSuggestion.specification(call)
        let made = try await call.engine.suggest(job, by: call.context)
        let madeAt = try await call.creationTime(of: made.value, made.sequence)
        let suggestion = RebalancingSuggestion(id: made.value, specification: job, createdAt: madeAt)
        return .json(suggestion, status: .created, sequence: made.sequence)
    }

    private static let list = EngineEndpoint(
        .get,
        "/suggestions",
        APIOperation(
            tag,
            "listRebalancingSuggestions",
            "The suggestions that wait for approval, oldest first"
        )
        .query(
            .init("after", .natural(from: 1), "Those after this id: the last one of the page before"),
            .limit
        )
        .answers(.init(200, "A page of them", .list(.named("RebalancingSuggestion"))))
    ) { call in
        let cursor = try call.query.integer("after", in: 1...UInt64.max).map { JobID($0) }
        let limit = try call.query.limit()
        let page = await RebalancingSuggestion.jobs.page(
            [.proposed],
            .oldestFirst,
            after: cursor,
            limit: limit,
            call.engine
        )
        let suggestions = JobList(page.jobs, call.engine) { detail in
            RebalancingSuggestion(
                id: detail.id,
                specification: detail.specification,
                createdAt: detail.createdAt
            )
        }
        return try await suggestions.reply()
    }

    private static let approve = EngineEndpoint(
        .post,
        "/suggestions/{id}/approve",
        APIOperation(tag, "approveRebalancing", "Approve a suggestion", "It becomes a task of the same id.")
            .body(.object([], isOpen: true), isRequired: false)
            .answers(.init(200, "The task", .named("RebalancingTask")))
    ) { call in
        let id = try call.job()
        var fields = try call.optionalFields()
        try fields.check(["id", "suggestion_id"], against: id)
        let tasks = try await approve([id], call)
        guard let task = tasks.value.first else { throw RebalancingSuggestion.jobs.notFound }
        return .json(task, sequence: tasks.sequence)
    }

    private static let approveMany = EngineEndpoint(
        .post,
        "/suggestions/approve",
        APIOperation(tag, "approveRebalancings", "Approve several suggestions, all or none")
            .body(
                .object(
                    [.required("ids", .list(.job, atLeast: 1, atMost: Pages.longest, isSet: true))],
                    isOpen: true
                )
            )
            .naming(["jobs": "ids"])
            .answers(.init(200, "The tasks", .list(.named("RebalancingTask"))))
    ) { call in
        var fields = try call.fields()
        let ids = try fields.jobs("ids", count: 1...Pages.longest)
        let tasks = try await approve(ids, call)
        return .json(tasks.value, sequence: tasks.sequence)
    }

    /// All or none; the tasks as they are at this moment: ready.
    private static func approve(_ ids: [JobID], _ call: EngineCall) async throws -> Committed<
        [RebalancingTask]
    > {
        for id in ids { try await RebalancingSuggestion.jobs.check(id, call.engine) }
        let sequence = try await approval(of: ids, call)
        let tasks = try await call.engine.details(of: ids).map { detail in
            RebalancingTask(
                id: detail.id,
                specification: detail.specification,
                status: .ready,
                worker: nil,
                createdAt: detail.createdAt
            )
        }
        return Committed(tasks, sequence: sequence)
    }

    private static func approval(of ids: [JobID], _ call: EngineCall) async throws -> UInt64 {
        do {
            return try await call.engine.approve(ids, by: call.context).sequence
        } catch {
            // To the service's clients a suggestion that was decided is gone.
            if case .refused(.alreadyDecided) = error { throw RebalancingSuggestion.jobs.notFound }
            throw error
        }
    }
}

extension EngineEndpoint {
    /// As the clients of the rebalancing service expect it: what is wrong with a request is a plain 400.
    var rebalancing: EngineEndpoint {
        var endpoint = self
        endpoint.dialect = { problem in
            var problem = problem
            if problem.status == .unprocessableContent, problem.code == "invalid" {
                problem.status = .badRequest
            }
            return problem
        }
        return endpoint
    }
}
