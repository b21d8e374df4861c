import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Endpoints and WebSockets over HTTP/1.1, as a service of the hosting process.
///
/// A graceful shutdown takes nothing new, ends live streams with a reason, lets requests that are under way finish, and
/// is not held up by clients that say nothing.
package struct HTTPServer<Served: Backend>: Service {
    private let context: ServerContext<Served>
    private let endpoints: [Endpoint<Served>]
    private let webSockets: WebSocketRoutes
    private let onReady: @Sendable (_ host: String, _ port: Int) async -> Void

    /// - Parameters:
    ///   - description: What is served, and described under `/openapi.json` and `/docs`.
    ///   - onReady: Called with the address once connections are accepted.
    package init(
        _ backend: Served,
        _ description: OpenAPI<Served>,
        webSockets: (SubscriberLimit) -> [WebSocketRoute],
        options: ServerOptions,
        onReady: @escaping @Sendable (_ host: String, _ port: Int) async -> Void
    ) {
        context = ServerContext(backend, options)
        endpoints = description.endpoints + ContractRoutes.endpoints(of: description)
        self.webSockets = WebSocketRoutes(webSockets(context.subscribers), context.origins)
        self.onReady = onReady
    }

    /// Serves until it is shut down gracefully or cancelled.
    ///
    /// Throws ``ServerError`` where it isn't allowed to listen, and the system's error where it can't.
    package func run() async throws {
        let options = context.options
        guard options.isOpen || Loopback.holds(options.host) else {
            throw ServerError.openWithoutAuthentication(host: options.host)
        }
        let responder = EndpointResponder(context, endpoints, webSockets)
        let channel = ConnectionChannel(
            respond: { request, writer, connection in
                try await responder.respond(to: request, writer, connection)
            },
            limits: options.limits,
            webSockets: webSockets
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
        do {
            try await context.bodies.reading { try await server.run() }
        } catch let error as IOError {
            let reason = strerror(error.errnoCode).map { String(cString: $0) } ?? "error \(error.errnoCode)"
            throw ServerError.cannotListen(host: options.host, port: options.port, reason: reason)
        }
    }
}
