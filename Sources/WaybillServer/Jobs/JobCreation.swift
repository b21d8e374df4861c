import HTTPTypes
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
            "Ready at once, scheduled for its `runAt`, or blocked by the jobs that it is to run `after`. With `tasks` it "
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
            "A problem names each item that is wrong, such as `jobs[3].kind`. With an `Idempotency-Key`, `onClash` must not be `existing`."
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
        let jobs = try await creation.created(created.value, specifications, at: created.sequence)
        var json = JSONWriter()
        json.list("jobs", jobs) { $0.write(to: &$1) }
        return .json(json.finish(), status: .created, sequence: created.sequence)
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
