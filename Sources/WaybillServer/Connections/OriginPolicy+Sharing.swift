import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What lets the pages on the list read what they asked for (the Fetch standard's CORS protocol).
extension OriginPolicy {
    /// Whether a request comes from no page, or from one that may call; browsers also mark what other sites cause.
    func admits(_ request: Request) -> Bool {
        let origin = request.headers[.origin]
        if origin == nil, request.headers[.secFetchSite] == "cross-site" { return false }
        return admits(origin, host: request.head.authority)
    }

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
