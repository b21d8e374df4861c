import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A simulation's curve on its way to a client, a thousand points at a time, so that a long one never stands in memory
/// as a whole.
struct CurveResponse: Sendable {
    /// Points of a curve that is made small: each bucket shows five at most.
    static let fewest = 10
    static let reducible = 100_000

    let simulation: JobID
    let state: JobState
    private let count: Int
    private let engine: Engine

    init(_ simulation: JobID, _ call: EngineCall) async throws {
        let summary = try await call.engine.simulationSummary(simulation)
        // A simulation that is shown as finished is shown with all of its points.
        guard await call.engine.series.caughtUp(to: summary.version) else { throw Problem.behind }
        self.simulation = simulation
        state = summary.state
        count = await call.engine.series.count(of: simulation, series: SimulationRoutes.series)
        engine = call.engine
    }

    /// The points behind `skip` others.
    func reply(from skip: Int, limit: Int) -> Reply {
        let range = min(skip, count)..<(limit < count - min(skip, count) ? skip + limit : count)
        return reply("[", range, "]")
    }

    /// The points that came since the one that was measured at a moment.
    func reply(since time: Timestamp) async -> Reply {
        let skip = await engine.series.index(of: simulation, series: SimulationRoutes.series, since: time)
        return reply(from: skip, limit: .max)
    }

    /// The curve with its status; as few points as show its shape, where there are more than `most`.
    func graph(atMost most: Int?) async -> Reply {
        let status = SimulationStatus(state)
        let head =
            "{\"simulation_id\":\(simulation),\"status\":\"\(status.rawValue)\","
            + "\"is_complete\":\(status == .finished),\"data\":"
        guard let most, most < count else { return reply(head + "[", 0..<count, "]}") }
        let reduction = await engine.series.reduced(
            of: simulation,
            series: SimulationRoutes.series,
            max: most / 5
        )
        let points = reduction.buckets.flatMap(\.shown).map { ConvergencePoint(simulation, $0) }
        return .json(Array(head.utf8) + points.json + Array("}".utf8))
    }

    private func reply(_ head: String, _ range: Range<Int>, _ tail: String) -> Reply {
        Reply(
            .ok,
            headers: [.contentType: "application/json"],
            body: .stream { writer in
                var bytes = Array(head.utf8)
                var next = range.lowerBound
                var isFirst = true
                while next < range.upperBound {
                    let points = await page(next, range.upperBound - next)
                    guard !points.isEmpty else { break }
                    next += points.count
                    for point in points {
                        if !isFirst { bytes.append(0x2c) }
                        isFirst = false
                        bytes += point.json
                    }
                    try await writer.write(bytes)
                    bytes = []
                }
                try await writer.write(bytes + Array(tail.utf8))
            }
        )
    }

    private func page(_ index: Int, _ left: Int) async -> [ConvergencePoint] {
        let limit = min(left, CurveStream.stepPoints)
        let series = SimulationRoutes.series
        let points = await engine.series.points(of: simulation, series: series, from: index, limit: limit)
        return ConvergencePoint.list(simulation, points, from: index)
    }
}

extension CurveReduction.Bucket {
    /// What shows the bucket's shape, each point once, in order.
    fileprivate var shown: [CurvePoint] {
        var points: [CurvePoint] = []
        let all = [first, min, max, nonFinite, last].compactMap { $0 }.sorted { $0.id < $1.id }
        for point in all where points.last?.id != point.id { points.append(point) }
        return points
    }
}
