import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A curve over a WebSocket: what there is, what is added, and that the simulation is finished.
///
/// It holds an index into the curve and nothing else: a slow reader costs no memory.
enum ConvergenceSocket {
    /// What the path is to those who don't ask for a WebSocket.
    static let endpoint = EngineEndpoint(
        .get,
        "/ws/convergence/{simulation_id}",
        APIOperation(
            "Convergence",
            "followConvergence",
            "Follow a curve over a WebSocket",
            "Messages of the types `snapshot` (several while `more`), `delta` and `completed`; pings are sent and answered."
        )
        .answers(
            .init(101, "The socket"),
            .init(
                426,
                "It takes a WebSocket of version 13",
                .named("Problem"),
                contentType: "application/problem+json"
            )
        )
    ) { call in
        _ = try await call.engine.simulationSummary(try call.job("simulation_id"))
        var problem = Problem(
            HTTPResponse.Status(code: 426, reasonPhrase: "Upgrade Required"),
            "upgradeRequired",
            "this path takes a WebSocket of version 13, from a page that may call"
        )
        problem.headers = [.upgrade: "websocket", .secWebSocketVersion: "13"]
        throw problem
    }

    static func route(_ engine: Engine, _ limit: SubscriberLimit) -> WebSocketRoute {
        WebSocketRoute(prefix: "/ws/convergence/") { target in
            guard let first = target.utf8.first, (0x31...0x39).contains(first), let number = UInt64(target),
                (try? await engine.simulationSummary(JobID(number))) != nil
            else { return nil }
            return { socket in
                let permit: SubscriberLimit.Permit
                do throws(Problem) {
                    permit = try limit.permit()
                } catch {
                    throw WebSocket.Closing.tryAgainLater(error.detail)
                }
                defer { permit.end() }
                try await follow(JobID(number), engine, socket)
            }
        }
    }

    private static func follow(_ job: JobID, _ engine: Engine, _ socket: WebSocket) async throws {
        let series = SimulationRoutes.series
        let state = try? await engine.simulationSummary(job).state
        let count = await engine.series.count(of: job, series: series)
        if count == 0 { try await socket.send(snapshot(job, state, [], hasMore: false)) }
        for await step in engine.curve(of: job, series: series) {
            let points = ConvergencePoint.list(job, step.points, from: step.from)
            if step.from < count {
                let hasMore = step.from + points.count < count
                try await socket.send(snapshot(job, state, points, hasMore: hasMore))
            } else if !points.isEmpty {
                try await socket.send(delta(points))
            }
            if step.isEnded { return try await socket.send(await completed(job, engine)) }
        }
        // The engine closes, or the server stops.
        throw CancellationError()
    }

    private static func snapshot(
        _ job: JobID,
        _ state: JobState?,
        _ points: [ConvergencePoint],
        hasMore: Bool
    ) -> [UInt8] {
        var json = JSONWriter()
        json.field("type", "snapshot")
        json.field("simulation_id", job)
        json.field("status", (state.map { SimulationStatus($0) } ?? .finished).rawValue)
        json.field("data", points)
        json.field("more", hasMore)
        return json.finish()
    }

    private static func delta(_ points: [ConvergencePoint]) -> [UInt8] {
        var json = JSONWriter()
        json.field("type", "delta")
        json.field("data", points)
        return json.finish()
    }

    /// One that was deleted meanwhile was cancelled.
    private static func completed(_ job: JobID, _ engine: Engine) async -> [UInt8] {
        let state = await engine.jobs[job]?.state ?? .cancelled
        var json = JSONWriter()
        json.field("type", "completed")
        json.field("status", SimulationStatus.finished.rawValue)
        json.field("outcome", (SimulationOutcome(state) ?? .cancelled).rawValue)
        return json.finish()
    }
}
