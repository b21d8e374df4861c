import Logging
import Waybill

/// An engine with what one server keeps beside it, while it runs.
struct ServedEngine: Sendable {
    let engine: Engine
    let options: ServerOptions
    let origins: OriginPolicy
    /// The places of those who follow something live.
    let seats: SubscriberLimit
    /// Requests that must not overtake each other.
    let turns = Turns()
    let tally = RequestMetrics()
    let bodies: BodyMemoryLimit

    init(_ engine: Engine, _ options: ServerOptions) {
        self.engine = engine
        self.options = options
        origins = OriginPolicy(allowed: options.origins, isLoopback: Loopback.holds(options.host))
        seats = SubscriberLimit(options.limits.liveClients)
        bodies = BodyMemoryLimit(options.limits.allBodiesBytes)
    }

    var limits: ServerLimits { options.limits }
    var logger: Logger { options.logger }
}
