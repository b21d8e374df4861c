import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONText
import NIOCore

/// What happens to every request of an endpoint, around what the endpoint itself does.
struct EndpointHandler<Served: Backend>: Sendable {
    let server: ServerContext<Served>

    func serve(
        _ endpoint: Endpoint<Served>,
        _ request: Request,
        _ context: ConnectionContext
    ) async -> Response {
        let start = ContinuousClock.now
        let response = await server.answer(request, context.logger, dialect: endpoint.dialect) {
            var call = try await call(endpoint, request, context)
            var reply = try await endpoint.act(&call)
            if request.method.isSafe { reply = try call.preconditions.applied(to: reply) }
            // A read that names no moment shows at least what there was when it began.
            let sequence = reply.sequence ?? (request.method.isSafe ? call.reached : server.backend.sequence)
            return Response(reply, context.connection, server.limits, sequence: sequence)
        }
        server.backend.record(
            EndpointAnswer(
                method: endpoint.method,
                path: endpoint.path,
                status: response.status,
                duration: ContinuousClock.now - start
            )
        )
        return response
    }

    private func call(
        _ endpoint: Endpoint<Served>,
        _ request: Request,
        _ context: ConnectionContext
    ) async throws -> Call<Served> {
        let preconditions = try Preconditions(request.head)
        let body = try await body(endpoint, request)
        var query = try Query(request.uri.query)
        let reached = server.backend.sequence
        if let least = try query.integer("minSequence", in: 0...UInt64.max), least > reached {
            throw Problem(.conflict, "notReached", "the log has reached \(reached) and not yet \(least)")
        }
        // Whoever reads sees what was acknowledged to anybody before.
        if request.method.isSafe, endpoint.waitsForReads, await !server.backend.shows(reached) {
            throw Problem.behind
        }
        return Call(
            backend: server.backend,
            reached: reached,
            limits: server.limits,
            parameters: context.parameters,
            headers: request.headers,
            body: body,
            query: query,
            idempotencyKey: try request.headers.key(),
            preconditions: preconditions,
            expectedVersion: await preconditions.expectedVersion { [backend = server.backend] in
                guard let number = context.parameters.first.flatMap({ UInt64($0.value) }) else { return nil }
                return await backend.version(under: number)
            },
            connection: context.connection,
            subscribers: server.subscribers
        )
    }

    /// The request's body, as far as the endpoint takes one.
    private func body(_ endpoint: Endpoint<Served>, _ request: Request) async throws -> [UInt8] {
        let most = server.limits.bodyBytes
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > 0 || request.headers[.transferEncoding] != nil else { return [] }
        if length > most { throw NIOTooManyBytesError(maxBytes: most) }
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem.unsupported(
                "encoded",
                "bodies are taken as they are, not as \(coding)",
                [.acceptEncoding: "identity"]
            )
        }
        let buffer = try await server.bodies.reserving(length > 0 ? length : most) {
            try await request.body.collect(upTo: most)
        }
        guard endpoint.takesBody else { return [] }
        if buffer.readableBytes > 0, !request.headers.isJSON {
            var accepted: HTTPFields = [.accept: Self.accepted]
            if request.method == .patch { accepted[.acceptPatch] = Self.accepted }
            let type = request.headers[.contentType] ?? "missing"
            throw Problem.unsupported("notJSON", "the content type is \(type); send application/json", accepted)
        }
        return Array(buffer.readableBytesView)
    }

    private static var accepted: String { "application/json, application/*+json" }
}

extension Problem {
    /// With what would be taken (RFC 9110, 15.5.16; RFC 5789, 2.2).
    fileprivate static func unsupported(_ code: String, _ detail: String, _ accepted: HTTPFields) -> Problem {
        var problem = Problem(.unsupportedMediaType, code, detail)
        problem.headers = accepted
        return problem
    }
}

extension HTTPField.Name {
    fileprivate static let acceptPatch = Self("Accept-Patch").unsafelyUnwrapped
}

extension HTTPFields {
    fileprivate var isJSON: Bool {
        self[.contentType]?.isJSONType ?? false
    }

    /// As long as a name may be in the engine.
    static let longestKey = 256

    /// Visible ASCII, so that two clients that mean the same key write the same bytes.
    fileprivate func key() throws(Problem) -> String? {
        guard let key = self[.idempotencyKey] else { return nil }
        guard (1...Self.longestKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw .malformed("Idempotency-Key must be 1 to \(Self.longestKey) visible ASCII characters")
        }
        return key
    }
}
