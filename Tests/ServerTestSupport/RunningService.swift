import Logging
package import ServiceLifecycle
import TestSupport

/// A service that listens on a free port of this machine, for as long as a test's body runs.
package enum RunningService {
    /// - Parameters:
    ///   - make: Makes the service; calls what it is given with the port once it listens.
    ///   - body: Gets the port, and what stops the service as SIGTERM does.
    package static func run(
        _ make: (_ onReady: @escaping @Sendable (Int) -> Void) -> any Service,
        _ body: (_ port: Int, _ stop: @escaping @Sendable () async -> Void) async throws -> Void
    ) async throws {
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let service = make { port in
            ready.yield(port)
            ready.finish()
        }
        let group = ServiceGroup(services: [service], logger: .silent)
        let running = Task {
            // A service that fails to listen ends the wait for its port.
            defer { ready.finish() }
            try await group.run()
        }
        var port: Int?
        for await first in ports { port = first }
        guard let port else { return try await running.value }
        let stop: @Sendable () async -> Void = {
            await group.triggerGracefulShutdown()
            _ = await running.result
        }
        do {
            try await body(port, stop)
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
