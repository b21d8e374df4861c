import HTTPTypes
import Waybill
import WaybillJSON

/// Jobs under `/v1`.
enum JobRoutes {
    static let endpoints: [Endpoint] = [create]

    private static let create = Endpoint(
        .post,
        "/v1/jobs",
        Contract("Jobs", "createJob", "Create a job").body(.named("NewJob")).answers(
            .init(201, "Created", .named("NewJobs"))
        )
    ) { call in
        try call.query.finish()
        var fields = try call.fields()
        var dates = Dates()
        let specification = try JobSpecification(&fields, &dates)
        try fields.finish()
        let created = try await call.engine.create(specification, by: call.context)
        var json = JSONWriter()
        json.field("id", created.value.rawValue)
        return Reply.json(json.finish(), status: .created, sequence: created.sequence)
            .with(.location, "/v1/jobs/\(created.value)")
    }
}
