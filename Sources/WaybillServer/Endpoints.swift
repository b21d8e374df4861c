import Waybill

/// Every operation of a server, chapter by chapter.
enum Endpoints {
    static func all(_ images: (any ImageProvider)?, _ metrics: MetricsRoute) -> [Endpoint] {
        let operations = v1 + services(images) + HealthRoutes.endpoints + [metrics.endpoint]
        return operations + ContractRoutes.endpoints(describing: operations)
    }

    private static let v1 =
        JobRoutes.endpoints + SeriesRoutes.endpoints + SuggestionRoutes.endpoints + DispatchRoutes.endpoints
        + LeaseRoutes.endpoints + WorkerRoutes.endpoints + MachineRoutes.endpoints + QueueRoutes.endpoints
        + EventRoutes.endpoints

    /// The five services, on the paths that their clients know.
    private static func services(_ images: (any ImageProvider)?) -> [Endpoint] {
        ComputeJobRoutes.endpoints + SimulationRoutes.endpoints + RebalancingSuggestionRoutes.endpoints
            + RebalancingTaskRoutes().endpoints
            + GenerationRoutes(provider: images).endpoints
    }

    /// The paths under which WebSockets are served.
    static func live(_ served: ServedEngine) -> [WebSocketRoute] {
        [ConvergenceSocket.route(served.engine, served.seats)]
    }
}
