import Waybill
import WaybillHTTP
import WaybillJSON

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
                            .required("step", .natural()), .maybe("time", .dateTime),
                            .required("value", .curveValue),
                        ]),
                        atLeast: 1,
                        atMost: 10_000
                    )
                ), .reason,
            ])
        ),
        (
            "SeriesList",
            .object([
                .required(
                    "series",
                    .list(
                        .object([
                            .required("name", .name), .required("count", .natural(from: 1), "Its points"),
                            .optional("last", .named("Point"), "The one that was added last"),
                        ])
                    )
                )
            ])
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
