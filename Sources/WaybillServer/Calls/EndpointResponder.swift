import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Waybill

/// Where every request comes in and every answer goes out: finds the route, prepares the call, and turns what the
/// route threw into a problem.
struct EndpointResponder: Sendable {
    let served: ServedEngine
    private let requests = RequestNumbers()
    private let date = DateField()
    private let routes: RouterResponder<RouteContext>
    private let lives: LiveRoutes

    init(_ served: ServedEngine, _ endpoints: [Endpoint], _ lives: LiveRoutes) {
        self.served = served
        self.lives = lives
        let router = Router(context: RouteContext.self, options: .autoGenerateHeadEndpoints)
        let desk = EndpointHandler(served: served)
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                let start = ContinuousClock.now
                let response = await desk.serve(endpoint, request, context)
                served.tally.note(endpoint, response.status, since: start)
                return response
            }
        }
        for (path, methods) in Self.refused(endpoints) {
            for method in Self.methods where !methods.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw Problem.methodNotAllowed(methods)
                }
            }
        }
        routes = router.buildResponder()
    }

    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace,
    ]

    /// By path, the methods that it takes.
    private static func refused(_ endpoints: [Endpoint]) -> [String: Set<HTTPRequest.Method>] {
        var methods: [String: Set<HTTPRequest.Method>] = [:]
        for endpoint in endpoints {
            methods[endpoint.path, default: []].insert(endpoint.method)
            if endpoint.method == .get { methods[endpoint.path, default: []].insert(.head) }
        }
        return methods
    }

    /// The router has no words for a method that nobody serves: it is refused as one that it knows.
    private func known(_ request: Request) -> Request {
        guard !Self.methods.contains(request.method) else { return request }
        var head = request.head
        head.method = .trace
        return Request(head: head, body: request.body)
    }

    /// Answers one request; throws only where the connection is of no use any more.
    @concurrent
    func respond(to request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws
    {
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let number = requests.next(for: request)
        var logger = served.logger
        logger[metadataKey: "request"] = "\(number)"
        var response: Response
        do {
            guard served.origins.answers(to: request.head.authority) else { throw Problem.otherName }
            if lives.wants(request) { throw Problem.usedConnection }
            let source = ApplicationRequestContextSource(channel: channel, logger: logger)
            if let preflight = served.origins.preflight(request) {
                response = preflight
            } else {
                response = try await answer(request, RouteContext(source: source))
            }
        } catch {
            let problem = Problem(error, logger: logger)
            response = Response(problem, request, sequence: served.engine.durableSequence)
            if problem.status == .temporaryRedirect { response.headers[.location] = request.uri.string }
        }
        served.origins.share(&response, with: request)
        response.headers[.requestID] = number
        response.headers[.date] = date.text
        response.headers[.xContentTypeOptions] = "nosniff"
        try await writer.write(response: response.head, body: response.body)
    }

    private func answer(_ request: Request, _ context: RouteContext) async throws -> Response {
        let response = try await routes.respond(to: known(request), context: context)
        // The router's own answer to a path that it doesn't have says nothing.
        if response.status == .notFound, response.headers[.contentType] == nil {
            throw Problem(.notFound, "noSuchPath", "there is nothing under this path")
        }
        return response
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

    /// A server that only this machine reaches is asked by a name that isn't this machine's.
    fileprivate static var otherName: Problem {
        Problem(.misdirectedRequest, "otherName", "this server goes by localhost and its like only")
    }

    fileprivate static func methodNotAllowed(_ methods: Set<HTTPRequest.Method>) -> Problem {
        let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "methodNotAllowed", "this path takes \(allowed)")
        problem.allowed = allowed
        return problem
    }
}
