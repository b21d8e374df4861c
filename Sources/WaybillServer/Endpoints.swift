import Waybill

/// Every operation of a server, chapter by chapter.
enum Endpoints {
    static func all(_ served: ServedEngine) -> [Endpoint] {
        let operations =
            v1 + services(served.options) + HealthRoutes.endpoints + [MetricsRoute(served: served).endpoint]
        return operations + ContractRoutes.endpoints(describing: operations)
    }

    private static let v1 =
        JobRoutes.endpoints + SeriesRoutes.endpoints + SuggestionRoutes.endpoints + DispatchRoutes.endpoints
        + LeaseRoutes.endpoints + WorkerRoutes.endpoints + MachineRoutes.endpoints + QueueRoutes.endpoints
        + EventRoutes.endpoints

    /// The five services, on the paths that their clients know.
    private static func services(_ options: ServerOptions) -> [Endpoint] {
        ComputeJobRoutes.endpoints + SimulationsFace.endpoints + RebalancingSuggestionRoutes.endpoints
            + RebalancingTaskRoutes().endpoints
            + GenerationRoutes(provider: options.images).endpoints
    }

    /// The paths under which WebSockets are served.
    static func live(_ served: ServedEngine) -> [LiveRoute] {
        [ConvergenceSocket.route(served.engine, served.seats)]
    }
}
