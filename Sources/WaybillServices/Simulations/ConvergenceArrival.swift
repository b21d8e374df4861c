import Orchestration
import Waybill
import WaybillHTTP
import WaybillServer

/// A point that a client adds to a curve.
struct ConvergenceArrival: Sendable {
    var simulation: JobID
    var loss: Double
    /// Nil for now.
    var time: Timestamp?

    /// All that it says; two that say the same have the same.
    var text: String { "\(loss.bitPattern) \(time.map { "\($0.nanoseconds)" } ?? "now")" }

    /// Adds it as the curve's next step; gives the point with its place.
    ///
    /// - Parameter expected: The version that the simulation is to have, where the client says so.
    func submit(
        _ engine: Engine,
        _ request: CommandContext,
        _ expected: UInt64?
    ) async throws -> (point: ConvergencePoint, sequence: UInt64) {
        let (job, series) = (simulation, SimulationRoutes.series)
        while true {
            _ = try await engine.simulationSummary(job)
            if try await engine.repeats(request) { return try await added(engine, request) }
            let seen = try await engine.inspect { state in
                (
                    version: state[job]?.lastSequence,
                    count: state[job]?.series.first { $0.name == series }?.count ?? 0
                )
            }.value
            let point = Point(step: seen.count + 1, time: try await time(engine), value: loss)
            let addition = Command.addPoints(job, series: series, points: [point])
            // One that has ended has no version to be seen; the engine says so.
            let version = expected ?? seen.version ?? 0
            guard let sequence = try await engine.submit([addition], seeing: version, by: request) else {
                if let expected, let version = seen.version, expected != version {
                    throw Refusal.versionConflict(job, expected: expected, actual: version)
                }
                continue
            }
            guard await engine.series.caughtUp(to: sequence) else { throw Problem.behind }
            return (try await locate(point, engine), sequence)
        }
    }

    private func time(_ engine: Engine) async throws -> Timestamp {
        if let time { return time }
        return try await engine.now()
    }

    /// The point that the same request added before.
    private func added(
        _ engine: Engine,
        _ request: CommandContext
    ) async throws -> (point: ConvergencePoint, sequence: UInt64) {
        let event = try await addition(engine, request)
        guard case .pointsAdded(_, SimulationRoutes.series, let points) = event.body, let point = points.first
        else { throw Refusal.keyReused(request.idempotencyKey ?? "") }
        return (try await locate(point, engine), event.sequence)
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
        throw Refusal.keyReused(context.idempotencyKey ?? "")
    }

    /// Where the point stands: at its step, unless others add to the curve by other ways.
    private func locate(_ point: Point, _ engine: Engine) async throws -> ConvergencePoint {
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
