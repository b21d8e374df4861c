import Waybill
import WaybillHTTP
import WaybillServer

/// A point that a client adds to a curve.
struct ConvergenceArrival: Sendable {
    var simulation: JobID
    var loss: Double
    /// Nil for now.
    var time: Timestamp?

    /// Adds it as the curve's next step; gives the point with its place.
    ///
    /// Only one of a simulation at a time may count the points that there are.
    func submit(_ engine: Engine, _ context: CommandContext) async throws -> (
        point: ConvergencePoint, sequence: UInt64
    ) {
        _ = try await engine.simulationSummary(simulation)
        if try await engine.remembers(context) {
            let event = try await addition(engine, context)
            guard case .pointsAdded(_, SimulationRoutes.series, let points) = event.body, points.count == 1,
                points[0].value.bitPattern == loss.bitPattern, time ?? points[0].time == points[0].time
            else { throw Problem(.keyReused(context.idempotencyKey ?? "")) }
            return (try await place(points[0], engine), event.sequence)
        }
        let (job, series) = (simulation, SimulationRoutes.series)
        let count = try await engine.inspect { state in
            state[job]?.series.first { $0.name == series }?.count ?? 0
        }.value
        let moment: Timestamp
        if let time { moment = time } else { moment = try await engine.now() }
        let point = Point(step: count + 1, time: moment, value: loss)
        let added = try await engine.addPoints([point], to: series, of: job, by: context)
        guard await engine.series.caughtUp(to: added.sequence) else { throw Problem.behind }
        return (try await place(point, engine), added.sequence)
    }

    /// The event that a command with the same key wrote.
    private func addition(_ engine: Engine, _ context: CommandContext) async throws -> Event {
        var before: UInt64?
        while let page = try await engine.history(of: simulation, before: before), let last = page.last {
            let mine = page.first {
                $0.context.idempotencyKey == context.idempotencyKey && $0.context.actor == context.actor
            }
            if let mine { return mine }
            before = last.sequence
        }
        throw Problem(.keyReused(context.idempotencyKey ?? ""))
    }

    /// Where the point stands: at its step, unless others add to the curve by other ways.
    private func place(_ point: Point, _ engine: Engine) async throws -> ConvergencePoint {
        let (job, series) = (simulation, SimulationRoutes.series)
        let guess = Int(clamping: point.step) - 1
        let found = await engine.series.points(of: job, series: series, from: max(0, guess), limit: 1)
        if found.first == point { return ConvergencePoint(job, CurvePoint(id: guess + 1, point: point)) }
        var index = await engine.series.count(of: job, series: series)
        while index > 0 {
            let size = min(index, CurveStream.stepPoints)
            index -= size
            let points = await engine.series.points(of: job, series: series, from: index, limit: size)
            guard let offset = points.lastIndex(of: point) else { continue }
            return ConvergencePoint(job, CurvePoint(id: index + offset + 1, point: point))
        }
        throw Problem.noSimulation
    }
}
