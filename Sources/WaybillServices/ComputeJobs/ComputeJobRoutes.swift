import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// The compute service: jobs are created, read, listed and moved on.
enum ComputeJobRoutes {
    static let endpoints = [create, list, read, move]
    static let schemas: [NamedSchema] = [("ComputeJob", ComputeJob.schema)]

    private static let tag = "Compute jobs"
    private static let job = APIOperation.Answer(200, "The job", .named("ComputeJob"))

    private static let create = EngineEndpoint(
        .post,
        "/jobs",
        APIOperation(tag, "createComputeJob", "Create a compute job")
            .body(
                .object(
                    [
                        .required("name", .title),
                        .optional("payload", .anyContent, "Handed to the worker as it stands"),
                        .optional(
                            "priority",
                            .optional(.priority),
                            "Higher comes first"
                        ),
                    ],
                    isOpen: true
                )
            )
            .naming(["attributes.name": "name"])
            .answers(.init(201, "Created; Location says where it is", .named("ComputeJob")))
    ) { call in
        var fields = try call.fields()
        var job = JobSpecification(kind: ComputeJob.jobs.kind, queue: ComputeJob.jobs.queue)
        job.attributes = ["name": try fields.requiredText("name")]
        job.priority = try fields.integer("priority", Int32.self) ?? 0
        if let payload = fields.member("payload") {
            job.payload = Array(payload.source)
            job.contentType = Payload.json
        }
        let created = try await call.engine.create(job, by: call.context)
        let createdAt = try await call.creationTime(of: created.value, created.sequence)
        let shown = ComputeJob(created.value, job, createdAt: createdAt)
        return Reply.json(shown, status: .created, sequence: created.sequence)
            .with(.location, "/jobs/\(created.value)")
    }

    private static let list = EngineEndpoint(
        .get,
        "/jobs",
        APIOperation(tag, "listComputeJobs", "A page of compute jobs")
            .query(
                .init("status", .choice(ComputeJob.Status.allCases.map(\.rawValue)), "Only these"),
                .init("order", .choice(["newest", "oldest"]), "Newest first unless said otherwise"),
                .init("cursor", .natural(from: 1), "The `next` of the page before"),
                .limit
            )
            .answers(
                .init(
                    200,
                    "The page; `next` is null on the last one",
                    .object([
                        .required("jobs", .list(.named("ComputeJob"))),
                        .required("next", .optional(.natural(from: 1))),
                    ])
                )
            )
    ) { call in
        let status = try call.query.choice("status", ComputeJob.Status.allCases, \.rawValue)
        let isOldestFirst = try call.query.choice("order", ["newest", "oldest"], \.self) == "oldest"
        let cursor = try call.query.integer("cursor", in: 1...UInt64.max).map { JobID($0) }
        let limit = try call.query.limit()
        let page = await ComputeJob.jobs.page(
            status?.states ?? [],
            isOldestFirst ? .oldestFirst : .newestFirst,
            after: cursor,
            limit: limit,
            call.engine
        )
        let next = page.next.map { "\($0)" } ?? "null"
        return try await JobList(page.jobs, call.engine, item: ComputeJob.init)
            .reply("{\"jobs\":[", "],\"next\":\(next)}")
    }

    private static let read = EngineEndpoint(
        .get,
        "/jobs/{id}",
        APIOperation(tag, "readComputeJob", "One compute job").answers(job)
    ) { call in
        let detail = try await ComputeJob.jobs.detail(call.job(), call.engine)
        return Reply.json(ComputeJob(detail)).tagged(detail.version)
    }

    private static let move = EngineEndpoint(
        .patch,
        "/jobs/{id}/status",
        APIOperation(
            tag,
            "moveComputeJob",
            "Move a compute job on",
            "From queued to running, and from running to succeeded or failed; a failed job is not tried again."
        )
        .body(
            .object(
                [
                    .required("status", .choice(["running", "succeeded", "failed"])),
                    .optional("error", .optional(.prose), "Why it failed"),
                ],
                isOpen: true
            )
        )
        .naming(["message": "error"]).answers(job)
    ) { call in
        let id = try call.job()
        var fields = try call.fields()
        try fields.check(["id", "job_id"], against: id)
        guard
            let status = try fields.choice(
                "status",
                [.running, .succeeded, .failed],
                \ComputeJob.Status.rawValue
            )
        else { throw fields.problem("status", "is missing") }
        let error = try fields.text("error")
        try await ComputeJob.jobs.check(id, call.engine)
        let sequence = try await move(id, to: status, error, call)
        _ = await call.engine.jobs.caughtUp(to: sequence)
        let detail = try await ComputeJob.jobs.detail(id, call.engine)
        return Reply.json(ComputeJob(detail), sequence: sequence)
    }

    private static func move(
        _ id: JobID,
        to status: ComputeJob.Status,
        _ error: String?,
        _ call: EngineCall
    ) async throws -> UInt64 {
        switch status {
        case .queued, .running:
            return try await call.engine.start(id, on: "compute", lease: .longest, by: call.context).sequence
        case .succeeded: return try await call.engine.complete(.job(id), by: call.context).sequence
        case .failed:
            let failure = Failure(type: "failed", message: error ?? "", isRetryable: false)
            return try await call.engine.fail(.job(id), failure, by: call.context).sequence
        }
    }
}

extension RouteGroup {
    static let computeJobs = RouteGroup(ComputeJobRoutes.endpoints, ComputeJobRoutes.schemas)
}
