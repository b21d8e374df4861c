import Waybill
import WaybillHTTP
import WaybillJSON

extension CurveReduction {
    func write(to json: inout JSONWriter) {
        json.field("reduced", isReduced)
        json.field("of", UInt64(of))
        guard isReduced else {
            json.list("points", buckets) { $0.first.write(to: &$1) }
            return
        }
        json.list("buckets", buckets) { bucket, json in
            json.field("count", UInt64(bucket.count))
            json.object("first") { bucket.first.write(to: &$0) }
            json.object("last") { bucket.last.write(to: &$0) }
            if let min = bucket.min { json.object("min") { min.write(to: &$0) } }
            if let max = bucket.max { json.object("max") { max.write(to: &$0) } }
            if let odd = bucket.nonFinite { json.object("nonFinite") { odd.write(to: &$0) } }
            json.field("nonFiniteCount", UInt64(bucket.nonFiniteCount))
        }
    }
}

extension CurvePoint {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("id", UInt64(id))
        json.field("step", point.step)
        json.field("time", point.time.rfc3339)
        json.curveValue("value", point.value)
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
                            .required("step", .natural()), .maybe("time", .moment),
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
                    .list(.object([.required("name", .name), .required("points", .natural(from: 1))]))
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
                .required("time", .moment), .required("value", .curveValue),
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
