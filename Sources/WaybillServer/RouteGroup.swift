package import Logging
package import ServiceLifecycle
package import Waybill
package import WaybillHTTP

/// Paths that a server offers over its engine, and what runs beside it for them.
public struct RouteGroup: Sendable {
    let endpoints: [EngineEndpoint]
    let schemas: [NamedSchema]
    let webSockets: @Sendable (Engine, SubscriberLimit) -> [WebSocketRoute]
    let services: @Sendable (Engine, Logger) -> [any Service]

    /// - Parameters:
    ///   - schemas: The shapes that the endpoints' contracts refer to by name.
    ///   - services: What runs as long as the server does.
    package init(
        _ endpoints: [EngineEndpoint],
        _ schemas: [NamedSchema] = [],
        webSockets: @escaping @Sendable (Engine, SubscriberLimit) -> [WebSocketRoute] = { _, _ in [] },
        services: @escaping @Sendable (Engine, Logger) -> [any Service] = { _, _ in [] }
    ) {
        self.endpoints = endpoints
        self.schemas = schemas
        self.webSockets = webSockets
        self.services = services
    }
}

extension RouteGroup {
    /// The engine's own API, under `/v1`.
    static let v1 = RouteGroup(
        JobRoutes.endpoints + SeriesRoutes.endpoints + SuggestionRoutes.endpoints + DispatchRoutes.endpoints
            + LeaseRoutes.endpoints + WorkerRoutes.endpoints + MachineRoutes.endpoints
            + QueueRoutes.endpoints + EventRoutes.endpoints,
        JobSchemas.schemas + BulkSchemas.schemas + SuggestionRoutes.schemas + DispatchSchemas.schemas
            + WorkerRoutes.schemas + MachineRoutes.schemas + QueueRoutes.schemas + SeriesRoutes.schemas
            + EventSchemas.schemas
    )

    /// How the server is.
    static let health = RouteGroup(HealthRoutes.endpoints + [MetricsRoute.endpoint])
}
