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
        .body(.named("NewJob"))
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
        .body(.named("NewJobs"))
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
        let specifications = try specifications(&fields)
        let context = try call.context(&fields)
        try fields.finish()
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

    /// Every item that can't be read is named, not only the first.
    private static func specifications(_ fields: inout JSONFields) throws -> [JobSpecification] {
        var specifications: [JobSpecification] = []
        var faults: [Problem.Field] = []
        for var object in try fields.objects("jobs") {
            do {
                specifications.append(try NewJob.job(&object))
                try object.finish()
            } catch {
                faults.append(Problem.Field(name: error.field ?? "jobs", problem: error.problem))
            }
        }
        if !faults.isEmpty { throw BatchProblems.problem(faults) }
        return specifications
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
        var dates = Dates()
        var job = try JobSpecification(&fields, &dates)
        job.after = try fields.jobs("after", count: 0...256)
        return job
    }
}
