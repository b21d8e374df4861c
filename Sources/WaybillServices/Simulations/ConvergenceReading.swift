import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Curves: whole, in parts, and since a moment.
enum ConvergenceReading {
    static let endpoints = [data, graph, stream]

    private static let data = EngineEndpoint(
        .get,
        "/convergence/{simulation_id}/data",
        APIOperation("Convergence", "getConvergenceData", "List the points of a simulation's curve")
            .query(
                .init("skip", .integer(0...most), "How many to pass over; none where nothing is said"),
                .init("limit", .integer(1...most), "How many at most; all where nothing is said")
            )
            .answers(.init(200, "In the order in which they were added", .list(.named("ConvergencePoint"))))
    ) { call in
        let skip = try call.query.integer("skip", in: 0...most) ?? 0
        let limit = try call.query.integer("limit", in: 1...most) ?? most
        let curve = try await CurveResponse(try call.job("simulation_id"), call)
        return curve.reply(from: Int(skip), limit: Int(limit))
    }

    private static let most: Int64 = 1_000_000_000

    private static let graph = EngineEndpoint(
        .get,
        "/convergence/{simulation_id}/graph",
        APIOperation("Convergence", "getConvergenceGraph", "Show a simulation's whole curve")
            .query(
                .init(
                    "max",
                    .integer(Int64(CurveResponse.fewest)...Int64(CurveResponse.reducible)),
                    "At most so many points, so chosen that no extreme is lost; all where nothing is said"
                )
            )
            .answers(
                .init(200, "The curve, and whether it is complete", .named("ConvergenceGraph"))
            )
    ) { call in
        let most = try call.query.integer("max", in: CurveResponse.fewest...CurveResponse.reducible)
        let curve = try await CurveResponse(try call.job("simulation_id"), call)
        return await curve.graph(atMost: most)
    }

    private static let stream = EngineEndpoint(
        .get,
        "/convergence/{simulation_id}/stream",
        APIOperation(
            "Convergence",
            "getConvergenceStream",
            "List the points that came since another one",
            "By their arrival, whatever their dates: with the last `id` that a client has seen, or with the timestamp of the "
                + "last point, it gets what is new. Of several points with that timestamp the first counts."
        )
        .query(
            .init("since", .givenTime, "A point's timestamp; all points where nothing is said"),
            .init("after", .natural(from: 0), "A point's id; it goes before `since`")
        )
        .answers(.init(200, "In the order in which they were added", .list(.named("ConvergencePoint"))))
    ) { call in
        let since = try call.query.timestamp("since", needsZone: false)
        let after = try call.query.integer("after", in: 0...UInt64.max).map { Int(clamping: $0) }
        let curve = try await CurveResponse(try call.job("simulation_id"), call)
        if after == nil, let since { return await curve.reply(since: since) }
        return curve.reply(from: after ?? 0, limit: .max)
    }
}
