package import JSONText
package import Orchestration
package import Waybill

extension Point: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("step", step)
        json.field("time", time)
        json.curveValue("value", value)
    }

    /// The `points` of a curve, at least one; `now` where a point has no time.
    package static func list(
        _ fields: inout JSONFields,
        _ moments: inout some Moments,
        now: Timestamp
    ) throws(FieldProblem) -> [Point] {
        var points: [Point] = []
        for var object in try fields.objects("points") {
            guard let step = try object.integer("step", UInt64.self) else {
                throw object.problem("step", "is missing")
            }
            let value = try object.curveValue("value")
            let time = try moments.moment("time", &object) ?? now
            points.append(Point(step: step, time: time, value: value))
            try object.finish()
        }
        return points
    }
}

extension CurvePoint: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("id", id)
        point.write(to: &json)
    }
}

/// A series by its name, how many points it has, and the one that was added last.
package struct SeriesSummary: JSONListed {
    package static let listName = "series"
    package let name: Name
    package let count: Int
    package let last: CurvePoint?

    package init(name: Name, count: Int, last: CurvePoint?) {
        self.name = name
        self.count = count
        self.last = last
    }

    package func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("count", count)
        json.optional("last", last)
    }
}

extension SeriesModel {
    /// A job's series behind the name `cursor`, or all, by name; at most `limit`.
    package func summaries(of job: JobID, after cursor: Name? = nil, limit: Int = .max) -> [SeriesSummary] {
        names(of: job).lazy.filter { name in cursor.map { $0 < name } ?? true }.prefix(limit).map { name in
            let count = count(of: job, series: name)
            let last = points(of: job, series: name, from: count - 1, limit: 1).first
            return SeriesSummary(
                name: name,
                count: count,
                last: last.map { CurvePoint(id: count, point: $0) }
            )
        }
    }
}

/// A series, or part of it: its points, or buckets of them where it is reduced.
package struct NamedCurve: JSONObject {
    package let name: Name
    package let curve: CurveReduction

    package init(name: Name, _ curve: CurveReduction) {
        self.name = name
        self.curve = curve
    }

    package func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("reduced", curve.isReduced)
        json.field("of", curve.of)
        if curve.isReduced {
            json.field("buckets", curve.buckets)
        } else {
            json.field("points", curve.buckets.map(\.first))
        }
    }
}

extension CurveReduction.Bucket: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("count", count)
        json.field("first", first)
        json.field("last", last)
        json.optional("min", min)
        json.optional("max", max)
        json.optional("nonFinite", nonFinite)
        json.field("nonFiniteCount", nonFiniteCount)
    }
}

extension JSONWriter {
    /// A value of a curve: a number, or the text that stands for it where JSON has none.
    package mutating func curveValue(_ name: String, _ value: Double) {
        if value.isNaN {
            field(name, "NaN")
        } else if value.isInfinite {
            field(name, value < 0 ? "-Infinity" : "Infinity")
        } else {
            field(name, value)
        }
    }
}

extension JSONFields {
    /// A number, or one of the texts "NaN", "Infinity" and "-Infinity", which JSON lacks.
    package mutating func curveValue(_ name: String) throws(FieldProblem) -> Double {
        switch try required(name).value {
        case .number(let text):
            if let value = Number.real(text) { return value }
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        default: break
        }
        throw problem(name, "must be a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }
}
