import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// What there is to see of jobs.
enum JobReading {
    static let page: EngineEndpoint = {
        var contract = APIOperation(
            "Jobs",
            "listJobs",
            "List jobs, a page at a time",
            "The counts cost nothing that grows with the jobs: they are of all jobs, or of the `queue` and `kind` asked for."
        )
        contract.query = JobFilter.parameters
        contract = contract.query(
            .init(
                "order",
                .choice(JobListing.allCases.map(\.rawValue)),
                "`oldest` where nothing is said; by the last change a job may be seen twice, or not at all, when it "
                    + "changes between two pages"
            ),
            .cursor(),
            .limit
        )
        return EngineEndpoint(
            .get,
            "/v1/jobs",
            contract.answers(.init(200, "The page", .named("JobPage")))
        ) { call in
            let filter = try JobFilter(&call.query)
            let order = try call.query.choice("order", JobListing.allCases, \.rawValue) ?? .oldest
            let limit = try call.query.limit()
            let cursor = try call.query.text("cursor")
            let position = cursor.flatMap(order.position)
            if cursor != nil, position == nil {
                throw Problem.invalid("cursor", "is not of a page in this order")
            }
            try call.query.finish()
            let seen = await call.engine.jobs.inspect { jobs in
                (
                    found: order.page(filter, in: jobs, after: position, limit: limit + 1),
                    counts: jobs.counts(queue: filter.queue, kind: filter.kind)
                )
            }
            guard let found = seen.value.found else {
                throw Problem.invalid(
                    "order",
                    "needs a narrower filter: over 100,000 jobs would be looked at"
                )
            }
            let counts = JobCounts { seen.value.counts[$0] ?? 0 }
            let page = JSONPage(found.prefix(limit), atMost: Pages.mostBytes, counts: counts) { shown in
                found.count > shown ? order.cursor(after: found[shown - 1]) : nil
            }
            return .json(page, sequence: seen.sequence)
        }
    }()

    static let detail = EngineEndpoint(
        .get,
        "/v1/jobs/{id}",
        APIOperation(
            "Jobs",
            "getJob",
            "One job, whole",
            "The ETag is its version. A payload or result that is JSON stands as JSON, others as base64."
        )
        .answers(.init(200, "The job", .named("Job")), .init(304, "The client has this version"))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        guard let detail = try await call.engine.detail(of: id) else { throw Refusal.notFound(id) }
        let tasks = await call.engine.tasks[id]
        let reply = Reply.json(JobWithTasks(detail, tasks))
        // Tasks, heartbeats and what a job waits for move on without a new version of it.
        if tasks != nil || detail.state == .running || detail.state == .blocked {
            return reply.partlyTagged(detail.version)
        }
        return reply.tagged(detail.version)
    }

    static let history = EngineEndpoint(
        .get,
        "/v1/jobs/{id}/history",
        APIOperation("Jobs", "getJobHistory", "A job's events, newest first")
            .query(
                .init(
                    "before",
                    .natural(from: 1),
                    "The `next` of the page before, which ends sooner than at its limit after "
                        + "\(Pages.mostBytes >> 20) MiB: one of the job's events"
                ),
                .limit
            )
            .answers(.init(200, "The page", .named("EventPage")))
    ) { call in
        let id = try call.job()
        let before = try call.query.integer("before", in: 1...UInt64.max)
        let limit = try call.query.limit()
        try call.query.finish()
        let events = try await call.engine.history(
            of: id,
            before: before,
            limit: limit,
            memoryBytes: Pages.mostBytes
        )
        guard let events else { throw Refusal.notFound(id) }
        let page = JSONPage(events, atMost: Pages.mostBytes) { shown in
            events.prefix(shown).last.flatMap { $0.links.job > 0 ? $0.sequence : nil }
        }
        return .json(page)
    }

    static let result = EngineEndpoint(
        .get,
        "/v1/jobs/{id}/result",
        APIOperation("Jobs", "getJobResult", "What a job made, as it made it")
            .answers(
                .init(200, "The result", contentType: "*/*"),
                .init(304, "The client has it"),
                .init(
                    404,
                    "There is no such job, or it made nothing",
                    .named("Problem"),
                    contentType: problem
                ),
                .init(409, "It has not ended", .named("Problem"), contentType: problem)
            )
    ) { call in
        try call.query.finish()
        let id = try call.job()
        guard let detail = try await call.engine.detail(of: id) else { throw Refusal.notFound(id) }
        guard detail.state.isTerminal else {
            throw Problem(.conflict, "notEnded", "job \(id) has not ended: it is \(detail.state.name)")
        }
        guard let result = detail.result, !result.bytes.isEmpty else {
            throw Problem(.notFound, "noResult", "job \(id) is \(detail.state.name) and has no result")
        }
        let type = result.contentType.isEmpty ? "application/octet-stream" : result.contentType
        return Reply(.ok, headers: [.contentType: type], body: .bytes(result.bytes))
            // A worker's bytes must not become a page of this server.
            .with(.contentSecurityPolicy, "sandbox; default-src 'none'")
            .tagged(detail.version)
    }

    static let why = EngineEndpoint(
        .get,
        "/v1/jobs/{id}/why",
        APIOperation("Jobs", "explainJob", "Why a job isn't running, or that it is")
            .answers(.init(200, "The first thing that it waits for", .named("Why")))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        let seen = try await call.engine.inspect { state in Why(id, state) }
        guard let why = seen.value else { throw Refusal.notFound(id) }
        return .json(why, sequence: seen.sequence)
    }

    private static let problem = "application/problem+json"
}
