public import ServiceLifecycle
public import Waybill
public import WaybillHTTP

/// An engine over HTTP, WebSocket and server-sent events, as a service of the hosting process.
///
/// It decides nothing: a route parses, calls the engine and prints. The engine is opened before and closed after it
/// by its host. A graceful shutdown takes nothing new, ends live streams with a reason, lets requests that are under
/// way finish, and is not held up by clients that say nothing.
public struct EngineServer: Service {
    private let engine: Engine
    private let options: ServerOptions
    private let groups: [RouteGroup]
    private let onReady: @Sendable (_ host: String, _ port: Int) async -> Void

    /// - Parameters:
    ///   - groups: What is offered besides `/v1`.
    ///   - onReady: Called with the address once connections are accepted.
    public init(
        _ engine: Engine,
        options: ServerOptions = ServerOptions(),
        adding groups: [RouteGroup] = [],
        onReady: @escaping @Sendable (_ host: String, _ port: Int) async -> Void = { _, _ in }
    ) {
        self.engine = engine
        self.options = options
        self.groups = groups
        self.onReady = onReady
    }

    /// Serves until it is shut down gracefully or cancelled.
    ///
    /// Throws ``ServerError`` where it isn't allowed to listen, and the system's error where it can't.
    public func run() async throws {
        let server = HTTPServer(
            ServedEngine(engine: engine),
            Self.description(adding: groups),
            webSockets: { limit in groups.flatMap { $0.webSockets(engine, limit) } },
            options: options,
            onReady: onReady
        )
        let services = groups.flatMap { $0.services(engine, options.logger) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for service in services { group.addTask { try await run(service) } }
            // All end by the same shutdown; a failure of one ends the others.
            for try await _ in group {}
        }
    }

    /// What works on the engine ends with it; the server goes on and answers reads.
    private func run(_ service: any Service) async throws {
        do { try await service.run() } catch {
            guard (error as? EngineError)?.isOfFailedLog ?? false else { throw error }
        }
    }

    /// What such a server offers.
    package static func description(adding groups: [RouteGroup]) -> OpenAPI<ServedEngine> {
        let groups = [.v1] + groups + [.health]
        return OpenAPI(
            title: "Waybill",
            version: "0.1.0",
            introduction: introduction,
            endpoints: groups.flatMap(\.endpoints),
            schemas: groups.flatMap(\.schemas)
        )
    }

    private static let introduction = """
        Every command becomes events in a log before it is answered; `Waybill-Sequence` says how far the log had come: \
        of a command its own events, of a read what it shows. Reads show everything that was acknowledged before they \
        began, and what stands in one answer is of one moment. An `Idempotency-Key` on a POST makes the same \
        request twice one command, for a day at least. Refusals and empty answers are not remembered: such a request is \
        decided anew. When too many keys are remembered, new ones get 429 with `Retry-After`; none is forgotten. Problems \
        are RFC 9457 documents; `code` is for programs, `detail` for people, and `errors` names fields as the request has \
        them. `x-maxBytes` is the bound of a text in bytes of UTF-8, which `maxLength` can't say; of base64, in the bytes \
        that it stands for; of other JSON, in bytes as it is written. There is no authentication yet.
        """
}
