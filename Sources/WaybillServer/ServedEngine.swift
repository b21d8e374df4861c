import Logging
import Waybill

/// An engine with what one server keeps beside it, while it runs.
struct ServedEngine: Sendable {
    let engine: Engine
    let options: ServerOptions
    let origins: OriginRule
    /// The places of those who follow something live.
    let seats: LiveSeats
    /// Requests that must not overtake each other.
    let turns = Turns()
    let tally = RequestTally()
    let bodies: BodyRoom

    init(_ engine: Engine, _ options: ServerOptions) {
        self.engine = engine
        self.options = options
        origins = OriginRule(allowed: options.origins, isLoopback: Loopback.holds(options.host))
        seats = LiveSeats(options.limits.liveClients)
        bodies = BodyRoom(options.limits.allBodiesBytes)
    }

    var limits: ServerLimits { options.limits }
    var logger: Logger { options.logger }
}
