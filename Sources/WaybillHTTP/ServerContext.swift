import Hummingbird
import HummingbirdCore
import Logging

/// What one server keeps while it runs.
struct ServerContext<Served: Backend>: Sendable {
    let backend: Served
    let options: ServerOptions
    let origins: OriginPolicy
    let subscribers: SubscriberLimit
    let bodies: BodyMemoryLimit

    init(_ backend: Served, _ options: ServerOptions) {
        self.backend = backend
        self.options = options
        origins = OriginPolicy(allowed: options.origins, isLoopback: Loopback.holds(options.host))
        subscribers = SubscriberLimit(options.limits.liveClients)
        bodies = BodyMemoryLimit(options.limits.allBodiesBytes)
    }

    var limits: ServerLimits { options.limits }

    /// The one place where errors become answers.
    ///
    /// - Parameter dialect: How a problem looks to the clients of what was asked for.
    func answer(
        _ request: Request,
        _ logger: Logger,
        dialect: (Problem) -> Problem = { $0 },
        _ work: () async throws -> Response
    ) async -> Response {
        do {
            return try await work()
        } catch {
            let problem = dialect(Problem(error, backend, logger))
            return Response(problem, request, sequence: backend.sequence)
        }
    }
}
