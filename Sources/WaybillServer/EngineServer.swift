import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import Waybill

/// An engine over HTTP, WebSocket and server-sent events, as a service of the hosting process.
///
/// It decides nothing: a route parses, calls the engine and prints. The engine is opened before and closed after it
/// by its host. A graceful shutdown takes nothing new, ends live streams with a reason, lets requests that are under
/// way finish, and is not held up by clients that say nothing.
public struct EngineServer: Service {
    private let engine: Engine
    private let options: ServerOptions
    private let onReady: @Sendable (_ host: String, _ port: Int) async -> Void

    /// - Parameter onReady: Called with the address once connections are accepted.
    public init(
        _ engine: Engine,
        options: ServerOptions = ServerOptions(),
        onReady: @escaping @Sendable (_ host: String, _ port: Int) async -> Void = { _, _ in }
    ) {
        self.engine = engine
        self.options = options
        self.onReady = onReady
    }

    /// Serves until it is shut down gracefully or cancelled.
    ///
    /// Throws ``ServerError`` where it isn't allowed to listen, and the system's error where it can't.
    public func run() async throws {
        guard options.isOpen || Loopback.holds(options.host) else {
            throw ServerError.openWithoutAuthentication(host: options.host)
        }
        let served = ServedEngine(engine, options)
        let lives = LiveRoutes(routes: Endpoints.live(served), origins: served.origins)
        let metrics = MetricsRoute(requests: served.tally, seats: served.seats)
        let door = EndpointResponder(served, Endpoints.all(options.images, metrics), lives)
        let channel = ConnectionChannel(
            responder: { request, writer, channel in try await door.respond(to: request, writer, channel) },
            limits: options.limits,
            lives: lives
        )
        let onReady = onReady
        let server = channel.server(
            configuration: ServerConfiguration(
                address: .hostname(options.host, port: options.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.limits.connections)
            ),
            onServerRunning: { channel in
                guard let address = channel.localAddress, let port = address.port else { return }
                await onReady(address.ipAddress ?? "", port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: options.logger
        )
        let worker = options.images.map { GenerationWorker.service(engine, $0, options.logger) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listen(server) }
            if let worker { group.addTask { try await worker.run() } }
            // Both end by the same shutdown; a failure of one ends the other.
            for try await _ in group {}
        }
    }

    private func listen(_ server: any Service) async throws {
        do {
            try await server.run()
        } catch let error as IOError {
            let reason = strerror(error.errnoCode).map { String(cString: $0) } ?? "error \(error.errnoCode)"
            throw ServerError.cannotListen(host: options.host, port: options.port, reason: reason)
        }
    }
}
