import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// Curves of jobs under `/v1/jobs/{id}/series`.
enum SeriesRoutes {
    static let endpoints: [EngineEndpoint] = [names, add, curve]

    private static let names = EngineEndpoint(
        .get,
        "/v1/jobs/{id}/series",
        APIOperation("Series", "listSeries", "List a job's series, by name")
            .query(.cursor(.name), .limit).answers(.init(200, "The page", .named("SeriesPage")))
    ) { call in
        let page = try NamePage(&call.query)
        try call.query.finish()
        let id = try call.job()
        guard await call.engine.jobs[id] != nil else { throw Refusal.notFound(id) }
        let seen = await call.engine.series.inspect {
            $0.summaries(of: id, after: page.cursor, limit: page.limit + 1)
        }
        return page.reply(seen.value, seen.sequence, \.name)
    }

    private static let add = EngineEndpoint(
        .post,
        "/v1/jobs/{id}/series/{name}",
        APIOperation(
            "Series",
            "addPoints",
            "Add points to a series, in one event",
            "For a running job they are a heartbeat too. A point without a time was measured now; with an "
                + "`Idempotency-Key` each needs its time."
        )
        .path("name", .name).body(.named("NewPoints")).naming(["series": "name"]).answers(.init(204, "Added"))
    ) { call in
        try call.query.finish()
        let id = try call.job()
        let name = try call.name()
        var fields = try call.fields()
        let isRepeatable = call.context.idempotencyKey != nil
        var dates = PointDates(areNeeded: isRepeatable)
        let now = isRepeatable ? .zero : try await call.engine.now()
        let points = try Point.list(&fields, &dates, now: now)
        let context = try call.context(&fields)
        try fields.finish()
        let done = try await call.engine.addPoints(points, to: name, of: id, by: context)
        return .empty(sequence: done.sequence)
    }

    private static let curve = EngineEndpoint(
        .get,
        "/v1/jobs/{id}/series/{name}",
        APIOperation(
            "Series",
            "getSeries",
            "A series, or part of it, in at most so many pieces",
            "Clipped to the steps first, then reduced to buckets of neighbouring points where there are more than `max`, "
                + "never sampled: a bucket has the first and the last of its points and the extremes between them."
        )
        .path("name", .name)
        .query(
            .init("from", .natural(), "The first step"),
            .init("to", .natural(), "The last step"),
            .init("max", .integer(1...Int64(mostBuckets)), "1000 where nothing is said")
        )
        .answers(
            .init(200, "Points, or buckets of points where it is reduced", .named("Series")),
            .init(304, "The client has this answer")
        )
    ) { call in
        let id = try call.job()
        let name = try call.name()
        let from = try call.query.integer("from", in: 0...UInt64.max)
        let to = try call.query.integer("to", in: 0...UInt64.max)
        let most = try call.query.integer("max", in: 1...mostBuckets) ?? 1000
        try call.query.finish()
        guard await call.engine.jobs[id] != nil else { throw Refusal.notFound(id) }
        let seen = await call.engine.series.inspect { series in
            series.count(of: id, series: name) == 0
                ? nil : series.reduced(of: id, series: name, fromStep: from, throughStep: to, max: most)
        }
        guard let reduction = seen.value else { throw Problem.notFound("job \(id) has no series \(name)") }
        return Reply.json(NamedCurve(name: name, reduction), sequence: seen.sequence).taggedByContent()
    }

    static let mostBuckets = 10_000
    static let schemas = SeriesSchemas.schemas
}

/// The times of points; a repeated request must not mean another moment by the same words.
private struct PointDates: Moments {
    let areNeeded: Bool
    private var dates = Dates()

    init(areNeeded: Bool) {
        self.areNeeded = areNeeded
    }

    mutating func moment(_ name: String, _ fields: inout JSONFields) throws(FieldProblem) -> Timestamp? {
        let moment = try dates.moment(name, &fields)
        guard moment == nil, areNeeded else { return moment }
        throw fields.problem(name, "is missing, and needed with an Idempotency-Key")
    }
}

/// The shapes of series.
enum SeriesSchemas {
    static let schemas: [NamedSchema] = [
        (
            "NewPoints",
            .object([
                .required(
                    "points",
                    .list(
                        .object([
                            .required("step", .natural()), .maybe("time", .givenTime),
                            .required("value", .curveValue),
                        ]),
                        atLeast: 1,
                        atMost: Schema.limits.commandItems
                    )
                ), .reason,
            ])
        ),
        (
            "SeriesPage",
            NamePage.schema(
                "series",
                of: .object([
                    .required("name", .name), .required("count", .natural(from: 1), "Its points"),
                    .optional("last", .named("Point"), "The one that was added last"),
                ])
            )
        ),
        (
            "Series",
            .object([
                .required("name", .name), .required("reduced", .flag),
                .required("of", .count, "Points in the range"),
                .optional("points", .list(.named("Point"), atMost: SeriesRoutes.mostBuckets)),
                .optional("buckets", .list(.named("Bucket"), atMost: SeriesRoutes.mostBuckets)),
            ])
        ),
        (
            "Point",
            .object([
                .required("id", .natural(from: 1)), .required("step", .natural()),
                .required("time", .dateTime), .required("value", .curveValue),
            ])
        ),
        (
            "Bucket",
            .object([
                .required("count", .natural(from: 1)), .required("first", .named("Point")),
                .required("last", .named("Point")), .optional("min", .named("Point")),
                .optional("max", .named("Point")), .optional("nonFinite", .named("Point")),
                .required("nonFiniteCount", .count),
            ])
        ),
    ]
}
