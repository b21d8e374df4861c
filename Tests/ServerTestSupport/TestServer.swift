import TestSupport
package import Waybill
package import WaybillHTTP
package import WaybillServer

/// A real server over an engine in memory, on a free port of this machine, for as long as a test's body runs.
package struct TestServer: TestClient {
    package let engine: Engine
    package let port: Int
    /// What it offers.
    package let description: OpenAPI<ServedEngine>
    /// Stops the server as SIGTERM does.
    package let stop: @Sendable () async -> Void

    package static func run(
        limits: ServerLimits = ServerLimits(),
        engine given: Engine? = nil,
        origins: Set<String> = [],
        adding groups: [RouteGroup] = [],
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let engine: Engine
        if let given { engine = given } else { engine = try await Engine.inMemory() }
        var limits = limits
        // On a machine that is busy with other tests a client may be silent for long.
        limits.handshake = .seconds(600)
        let options = ServerOptions(port: 0, origins: origins, limits: limits, logger: .silent)
        try await RunningService.run { onReady in
            EngineServer(engine, options: options, adding: groups) { _, port in onReady(port) }
        } _: { port, stop in
            let description = EngineServer.description(adding: groups)
            try await body(TestServer(engine: engine, port: port, description: description, stop: stop))
        }
        if given == nil { try await engine.close() }
    }
}
