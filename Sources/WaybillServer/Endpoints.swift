import Waybill

/// Every operation that the server has, chapter by chapter.
enum Endpoints {
    static let all: [Endpoint] = HealthRoutes.endpoints + JobRoutes.endpoints + SimulationsFace.endpoints

    /// The paths under which WebSockets are served.
    static func live(_ engine: Engine, _ seats: LiveSeats) -> [LiveRoute] {
        [ConvergenceSocket.route(engine, seats)]
    }
}
