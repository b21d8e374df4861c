import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOHTTP1

/// Who may call from where: no web page that an operator happens to visit may command a server on the same machine.
///
/// A page of the server's own or from the list may. A server that only this machine reaches answers to no other name:
/// a page's own domain can be made to point at it.
struct OriginPolicy: Sendable {
    let allowed: Set<String>
    /// Whether the server listens to this machine only.
    let isLoopback: Bool

    /// Refuses a request by another name than the server's, and one from a foreign page that would do something.
    func check(_ request: Request) throws(Problem) {
        guard answers(to: request.head.authority) else { throw .otherName }
        guard request.method.isSafe || admits(request) else {
            throw Problem(
                .forbidden,
                "foreignOrigin",
                "pages from \(request.headers[.origin] ?? "") may not call"
            )
        }
    }

    /// Whether a request may become a WebSocket: whoever has one hears and says everything.
    func admits(upgrade head: HTTPRequestHead) -> Bool {
        let host = head.headers.first(name: "Host")
        return answers(to: host) && admits(head.headers.first(name: "Origin"), host: host)
    }

    /// Whether a request comes from no page, or from one that may call; browsers also mark what other sites cause.
    private func admits(_ request: Request) -> Bool {
        let origin = request.headers[.origin]
        if origin == nil, request.headers[.secFetchSite] == "cross-site" { return false }
        return admits(origin, host: request.head.authority)
    }

    /// Programs send no origin; browsers always say it where it matters.
    private func admits(_ origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        if allowed.contains(origin) { return true }
        guard let host = host.flatMap({ Authority($0) }), let mark = origin.firstRange(of: "://")
        else { return false }
        return Authority(origin[mark.upperBound...]) == host
    }

    /// Whether the server goes by the name that a request gives it.
    private func answers(to host: String?) -> Bool {
        guard isLoopback, let host else { return true }
        return Authority(host).map { Loopback.holds($0.host) } ?? false
    }
}

/// What lets the pages on the list read what they asked for (the Fetch standard's CORS protocol).
extension OriginPolicy {
    /// The answer to a browser that asks whether its page may; nil for every other request.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, let origin = request.headers[.origin], allowed.contains(origin),
            request.headers[.accessControlRequestMethod] != nil
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, POST, PUT, PATCH, DELETE",
                .accessControlAllowHeaders:
                    "Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, traceparent, X-Request-Id",
                .accessControlMaxAge: "600",
            ]
        )
    }

    /// Marks an answer as meant for the page that asked, where it is on the list.
    func share(_ response: inout Response, with request: Request) {
        guard !allowed.isEmpty else { return }
        response.headers[.vary] = "Origin"
        guard let origin = request.headers[.origin], allowed.contains(origin) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] =
            "Allow, ETag, Location, Retry-After, Waybill-Sequence, X-Request-Id"
    }
}

extension Problem {
    /// A server that only this machine reaches is asked by a name that isn't this machine's.
    fileprivate static var otherName: Problem {
        Problem(.misdirectedRequest, "otherName", "this server goes by localhost and its like only")
    }
}

extension HTTPRequest.Method {
    /// Whether a request with it changes nothing (RFC 9110, 9.2.1).
    var isSafe: Bool { self == .get || self == .head || self == .options || self == .trace }
}
