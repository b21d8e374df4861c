import HTTPTypes
import Hummingbird
import HummingbirdCore
import Names

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
            var reply: Reply
            do { reply = try await endpoint.act(&call) } catch {
                throw Problem(error, server.backend, context.logger)
                    .naming(endpoint.contract.names, in: call.content.value)
            }
            if request.method.isSafe { reply = try call.preconditions.applied(to: reply) }
            // A read that names no moment shows at least what there was when it began.
            let sequence = reply.sequence ?? (request.method.isSafe ? call.reached : server.backend.sequence)
            return Response(reply, sequence: sequence)
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
        let body = try await server.bodies.body(of: request, isTaken: endpoint.takesBody)
        var query = try Query(request.uri.query)
        let reached = server.backend.sequence
        if let least = try query.integer("minSequence", in: 0...UInt64.max), least > reached {
            throw Problem(.conflict, "notReached", "the log has reached \(reached) and not yet \(least)")
        }
        // Whoever reads sees what was acknowledged to anybody before.
        if request.method.isSafe, endpoint.waitsForReads {
            try await server.backend.awaitReads(of: reached)
        }
        return Call(
            backend: server.backend,
            reached: reached,
            limits: server.limits,
            parameters: context.parameters,
            headers: request.headers,
            content: body,
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
}

extension HTTPFields {
    /// As long as a name may be in the engine.
    static let longestKey = 256

    /// Visible ASCII, so that two clients that mean the same key write the same bytes.
    fileprivate func key() throws(Problem) -> Name? {
        guard let key = self[.idempotencyKey] else { return nil }
        guard (1...Self.longestKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            let problem = "must be 1 to \(Self.longestKey) visible ASCII characters"
            var malformed = Problem.malformed("Idempotency-Key \(problem)")
            malformed.errors = [Problem.Field(name: "Idempotency-Key", problem: problem)]
            throw malformed
        }
        return Name(key)
    }
}
