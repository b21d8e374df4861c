import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import TestSupport
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// A real server over an engine in memory, on a free port of this machine, for as long as a test's body runs.
struct TestServer: Sendable {
    let engine: Engine
    let port: Int
    /// Stops the server as SIGTERM does.
    let stop: @Sendable () async -> Void

    static func run(
        limits: ServerLimits = ServerLimits(),
        engine given: Engine? = nil,
        images: (any ImageProvider)? = nil,
        origins: Set<String> = [],
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let engine: Engine
        if let given { engine = given } else { engine = try await Engine.inMemory() }
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger.silent
        let options = ServerOptions(port: 0, origins: origins, limits: limits, logger: logger)
        let services = RouteGroup.services(images: images)
        let server = EngineServer(engine, options: options, adding: services) { _, port in
            ready.yield(port)
            ready.finish()
        }
        let group = ServiceGroup(services: [server], logger: logger)
        let running = Task { try await group.run() }
        var port: Int?
        for await first in ports { port = first }
        do {
            let stop: @Sendable () async -> Void = {
                await group.triggerGracefulShutdown()
                _ = await running.result
            }
            try await body(TestServer(engine: engine, port: try #require(port), stop: stop))
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
        if given == nil { try await engine.close() }
    }
}
