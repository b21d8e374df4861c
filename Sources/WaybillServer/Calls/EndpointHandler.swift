import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONText
import Logging
import NIOCore
import NIOHTTP1
import Waybill

/// What happens to every request of a known route, around the route itself.
struct EndpointHandler: Sendable {
    let served: ServedEngine

    private var engine: Engine { served.engine }
    private var limits: ServerLimits { served.limits }

    func serve(_ endpoint: Endpoint, _ request: Request, _ context: RouteContext) async -> Response {
        do {
            var call = try await call(endpoint, request, context)
            let reply = try await endpoint.act(&call)
            return Response(
                reply,
                call.connection,
                limits,
                sequence: reply.sequence ?? engine.durableSequence
            )
        } catch {
            let problem = Problem(reading: error) ?? endpoint.problem(error, context.logger)
            return Response(problem, request, sequence: engine.durableSequence)
        }
    }

    private func call(_ endpoint: Endpoint, _ request: Request, _ context: RouteContext) async throws -> Call
    {
        if !request.method.isSafe, !served.origins.admits(request) {
            throw Problem(
                .forbidden,
                "foreignOrigin",
                "pages from \(request.headers[.origin] ?? "") may not call"
            )
        }
        let body = try await body(endpoint, request)
        var query = Query(request.uri)
        let reached = engine.durableSequence
        if let least = try query.integer("minSequence", in: 0...UInt64.max), least > reached {
            throw Problem(.conflict, "notReached", "the log has reached \(reached) and not yet \(least)")
        }
        // Whoever reads sees what was acknowledged to anybody before.
        if request.method.isSafe, endpoint.readsModels {
            guard await engine.jobs.caughtUp(to: reached) else {
                throw Problem.behind
            }
        }
        return Call(
            engine: engine,
            limits: limits,
            method: request.method,
            path: request.uri.path,
            parameters: context.parameters,
            headers: request.headers,
            body: body,
            query: query,
            context: try CommandContext(request.headers),
            turns: served.turns,
            connection: ConnectionChannel.connection ?? Connection(context.channel),
            seats: served.seats,
            logger: context.logger
        )
    }

    /// The request's body, as far as the route takes one.
    private func body(_ endpoint: Endpoint, _ request: Request) async throws -> [UInt8] {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > 0 || request.headers[.transferEncoding] != nil else { return [] }
        if length > limits.bodyBytes { throw NIOTooManyBytesError(maxBytes: limits.bodyBytes) }
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem(.unsupportedMediaType, "encoded", "bodies are taken as they are, not as \(coding)")
        }
        let buffer = try await served.bodies.reserving(length > 0 ? length : limits.bodyBytes) {
            try await request.body.collect(upTo: limits.bodyBytes)
        }
        guard endpoint.takesBody else { return [] }
        if buffer.readableBytes > 0, !request.headers.isJSON {
            throw Problem(
                .unsupportedMediaType,
                "notJSON",
                "the content type is \(request.headers[.contentType] ?? "missing"); send application/json"
            )
        }
        return Array(buffer.readableBytesView)
    }
}

extension Problem {
    /// The request broke off, came too slowly or is too large: what follows on the connection can't be read.
    fileprivate init?(reading error: any Error) {
        switch error {
        case is NIOTooManyBytesError:
            self.init(.contentTooLarge, "bodyTooLarge", "the body is larger than this server takes")
        case is RequestTimeoutHandler.RequestTimeout:
            self.init(.requestTimeout, "tooSlow", "the request did not arrive in time")
        default:
            guard let problem = Problem(unreadable: error) else { return nil }
            self = problem
        }
        endsConnection = true
    }
}

extension CommandContext {
    /// Who asks, as far as the header fields tell; there is no authentication yet, so everybody is one principal.
    fileprivate convenience init(_ headers: HTTPFields) throws(Problem) {
        self.init(
            actor: "anonymous",
            idempotencyKey: try headers.key(),
            traceparent: headers[.traceparent],
            expectedVersion: try headers.expectedVersion()
        )
    }
}

extension HTTPFields {
    fileprivate var isJSON: Bool {
        self[.contentType]?.isJSONType ?? false
    }

    /// What the engine takes, less room for a mark where a request is several commands.
    private static let keyBytes = 240

    /// Visible ASCII, so that two clients that mean the same key write the same bytes.
    fileprivate func key() throws(Problem) -> String? {
        guard let key = self[.idempotencyKey] else { return nil }
        guard (1...Self.keyBytes).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw .malformed("Idempotency-Key must be 1 to \(Self.keyBytes) visible ASCII characters")
        }
        return key
    }

    /// `If-Match: "version"`; `*` expects only that the job is there, which every command does.
    fileprivate func expectedVersion() throws(Problem) -> UInt64? {
        guard let tag = self[.ifMatch], tag != "*" else { return nil }
        guard tag.count > 2, tag.first == "\"", tag.last == "\"",
            let version = UInt64(tag.dropFirst().dropLast())
        else { throw .malformed("If-Match must be one ETag of a job, such as \"17\"") }
        return version
    }
}

extension HTTPRequest.Method {
    var isSafe: Bool { self == .get || self == .head || self == .options || self == .trace }
}
