import Waybill

/// Every operation that the server has, chapter by chapter.
enum Endpoints {
    static let all: [Endpoint] =
        HealthRoutes.endpoints + JobRoutes.endpoints + SeriesRoutes.endpoints + SuggestionRoutes.endpoints
        + DispatchRoutes.endpoints + LeaseRoutes.endpoints + WorkerRoutes.endpoints
        + MachineRoutes.endpoints + QueueRoutes.endpoints + EventRoutes.endpoints

    /// The paths under which WebSockets are served.
    static func live(_ engine: Engine, _ options: ServerOptions) -> [LiveRoute] {
        []
    }
}
