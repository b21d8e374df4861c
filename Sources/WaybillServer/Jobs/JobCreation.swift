import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Where jobs begin.
enum JobCreation {
    static let one = EngineEndpoint(
        .post,
        "/v1/jobs",
        APIOperation(
            "Jobs",
            "createJob",
            "Create a job, or a job with tasks",
            "Ready at once, scheduled for its `runAt` or after its `delayMs`, or blocked by the jobs that it is to run `after`. With `tasks` it "
                + "ends when they do. The answer holds nothing that changes later: a repeated request gets the same."
        )
        .body(.named("NewJob")).naming(["payload": "payloadBase64"])
        .answers(
            .init(201, "Created", .named("CreatedJob")),
            .init(
                200,
                "There is a job with the unique key, and `onClash` is `existing`",
                .named("CreatedJob")
            )
        )
    ) { call in
        try call.query.finish()
        var fields = try call.fields()
        let new = try NewJob(&fields)
        let context = try call.context(&fields)
        try fields.finish()
        return try await Creation(call, context).reply(to: new)
    }

    static let many = EngineEndpoint(
        .post,
        "/v1/jobs/batch",
        APIOperation(
            "Jobs",
            "createJobs",
            "Create jobs, all or none",
            "A problem names each item that is wrong, such as `jobs[3].kind`."
        )
        .body(.named("NewJobs")).naming(["payload": "payloadBase64"])
        .answers(
            .init(
                201,
                "All were created, or there already, in the order of the request",
                .named("CreatedJobs")
            )
        )
    ) { call in
        try call.query.finish()
        var fields = try call.fields()
        let items = try items(&fields)
        let context = try call.context(&fields)
        try fields.finish()
        let specifications = items.compactMap { try? $0.get() }
        guard specifications.count == items.count else {
            throw BatchProblems.problem(try await BatchProblems.faults(of: items, call.engine))
        }
        let creation = Creation(call, context)
        let created: Committed<[JobID]>
        do throws(EngineError) {
            created = try await call.engine.create(specifications, by: context)
        } catch {
            throw try await BatchProblems.problem(error, of: specifications, call.engine)
        }
        let jobs = try await creation.created(created, specifications)
        return .json(JSONCollection(jobs), status: .created, sequence: created.sequence)
    }

    /// Each as far as it can be read, so that every wrong one can be named.
    private static func items(_ fields: inout JSONFields) throws -> [BatchProblems.Item] {
        try fields.objects("jobs").map { object in
            Result { () throws(FieldProblem) in
                var object = object
                let job = try NewJob.job(&object)
                try object.finish()
                return job
            }
        }
    }
}

/// A job that a request asks for, with its tasks.
struct NewJob: Sendable {
    var specification: JobSpecification
    var tasks: [JobSpecification] = []

    init(specification: JobSpecification) {
        self.specification = specification
    }

    /// The request's whole body.
    init(_ fields: inout JSONFields) throws {
        specification = try Self.job(&fields)
        guard fields.holds("tasks") else {
            _ = fields.member("tasks")
            return
        }
        for var object in try fields.objects("tasks") {
            tasks.append(try Self.job(&object))
            try object.finish()
        }
    }

    /// The fields of one job, without tasks.
    static func job(_ fields: inout JSONFields) throws(FieldProblem) -> JobSpecification {
        try fields.checkUniqueKey()
        var dates = Dates()
        var job = try JobSpecification(&fields, &dates)
        job.after = try fields.jobs("after", count: 0...Schema.limits.listItems)
        return job
    }
}
