import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging

/// Where every request comes in and every answer goes out: refuses whom it doesn't concern, finds the endpoint, and adds
/// what every answer has.
struct EndpointResponder<Served: Backend>: Sendable {
    private let server: ServerContext<Served>
    private let requests = RequestNumbers()
    private let date = DateField()
    private let router: RouterResponder<ConnectionContext>
    private let webSockets: WebSocketRoutes

    init(_ server: ServerContext<Served>, _ endpoints: [Endpoint<Served>], _ webSockets: WebSocketRoutes) {
        self.server = server
        self.webSockets = webSockets
        router = Self.router(EndpointHandler(server: server), endpoints)
    }

    /// Answers one request; throws only where the connection is of no use any more.
    @concurrent
    func respond(
        to request: Request,
        _ writer: consuming ResponseWriter,
        _ connection: Connection
    ) async throws {
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let number = requests.next(for: request)
        var logger = server.options.logger
        logger[metadataKey: "request"] = "\(number)"
        let source = ConnectionContext.Source(connection: connection, logger: logger)
        var response = await server.answer(request, logger) {
            try server.origins.check(request)
            if webSockets.wants(request) { throw Problem.usedConnection }
            if let preflight = server.origins.preflight(request) { return preflight }
            return try await route(request, ConnectionContext(source: source))
        }
        if response.status == .temporaryRedirect { response.headers[.location] = request.uri.string }
        server.origins.share(&response, with: request)
        response.headers[.requestID] = number
        response.headers[.date] = date.text
        response.headers[.xContentTypeOptions] = "nosniff"
        try await writer.write(response: response.head, body: response.body)
    }

    private func route(_ request: Request, _ context: ConnectionContext) async throws -> Response {
        let response = try await router.respond(to: known(request), context: context)
        // The router's own answer to a path that it doesn't have says nothing.
        if response.status == .notFound, response.headers[.contentType] == nil {
            throw Problem(.notFound, "noSuchPath", "there is nothing under this path")
        }
        return response
    }

    /// The router has no words for a method that nobody serves: it is refused as one that it knows.
    private func known(_ request: Request) -> Request {
        guard !Self.methods.contains(request.method) else { return request }
        var head = request.head
        head.method = .trace
        return Request(head: head, body: request.body)
    }
}

extension EndpointResponder {
    private static var methods: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace]
    }

    /// Each endpoint under its path, and a refusal under each method that its path doesn't take.
    private static func router(
        _ handler: EndpointHandler<Served>,
        _ endpoints: [Endpoint<Served>]
    ) -> RouterResponder<ConnectionContext> {
        let router = Router(context: ConnectionContext.self)
        var taken: [String: Set<HTTPRequest.Method>] = [:]
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                await handler.serve(endpoint, request, context)
            }
            taken[endpoint.path, default: []].insert(endpoint.method)
            guard endpoint.method == .get else { continue }
            router.on(RouterPath(endpoint.path), method: .head) { request, context in
                await handler.serve(endpoint, request, context).withoutBody
            }
            taken[endpoint.path, default: []].insert(.head)
        }
        for (path, taken) in taken {
            for method in methods where !taken.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw Problem.methodNotAllowed(taken)
                }
            }
        }
        return router.buildResponder()
    }
}

extension Problem {
    /// A connection that has served a request can't become a WebSocket; the next one can.
    fileprivate static var usedConnection: Problem {
        var problem = Problem(
            .temporaryRedirect,
            "usedConnection",
            "a WebSocket needs a connection of its own; ask for it on a new one"
        )
        problem.endsConnection = true
        return problem
    }

    fileprivate static func methodNotAllowed(_ methods: Set<HTTPRequest.Method>) -> Problem {
        let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "methodNotAllowed", "this path takes \(allowed)")
        problem.headers = [.allow: allowed]
        return problem
    }
}
