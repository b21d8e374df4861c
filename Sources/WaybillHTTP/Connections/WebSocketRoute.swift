import HTTPTypes
import Hummingbird
import NIOHTTP1

/// A path under which a WebSocket is served.
package struct WebSocketRoute: Sendable {
    /// What runs for one client, until it returns or its task is cancelled.
    package typealias Session = @Sendable (WebSocket) async throws -> Void

    /// Such as `/ws/convergence/`; what follows is one segment.
    let prefix: String
    /// The session for what follows the prefix; nil for what isn't there, which is then answered over HTTP.
    let open: @Sendable (String) async -> Session?

    package init(prefix: String, open: @escaping @Sendable (String) async -> Session?) {
        self.prefix = prefix
        self.open = open
    }
}

/// The paths under which WebSockets are served, and who may ask for them.
struct WebSocketRoutes: Sendable {
    private let routes: [WebSocketRoute]
    private let origins: OriginPolicy

    init(_ routes: [WebSocketRoute], _ origins: OriginPolicy) {
        self.routes = routes
        self.origins = origins
    }

    /// Whether a request asks for a WebSocket, properly, under a path that has one, and not from a foreign page.
    func admits(_ head: HTTPRequestHead) -> Bool {
        head.method == .GET
            && head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
            && head.headers["Sec-WebSocket-Key"].count == 1 && head.headers["Sec-WebSocket-Version"] == ["13"]
            && origins.admits(upgrade: head) && route(head) != nil
    }

    /// The session that the request asks for; nil where there is nothing to follow.
    func session(for head: HTTPRequestHead) async -> WebSocketRoute.Session? {
        guard let (route, target) = route(head) else { return nil }
        return await route.open(target)
    }

    /// Whether a request that has reached the router asks for a WebSocket under a path that has one: it came on a
    /// connection that had served another one.
    func wants(_ request: Request) -> Bool {
        request.method == .get && request.headers[.upgrade]?.lowercased() == "websocket"
            && route(request.uri.path) != nil
    }

    private func route(_ head: HTTPRequestHead) -> (WebSocketRoute, target: String)? {
        route(String(head.uri.prefix { $0 != "?" }))
    }

    private func route(_ path: String) -> (WebSocketRoute, target: String)? {
        for route in routes where path.hasPrefix(route.prefix) {
            var target = String(path.dropFirst(route.prefix.count))
            if target.hasSuffix("/") { target.removeLast() }
            guard !target.isEmpty, !target.contains("/"), let name = PercentEncoding.decoded(target) else {
                return nil
            }
            return (route, name)
        }
        return nil
    }
}
